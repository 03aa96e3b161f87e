"""Colours that stay readable: contrast as WCAG 2.2 defines it."""

import re

READABLE = 4.5  # WCAG 2.2, 1.4.3 (AA, normal text)
WHITE, INK = "#ffffff", "#14181d"


def is_colour(text: str) -> bool:
    """Whether the text is a colour such as `#2457d6`."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on(background: str) -> str:
    """White or ink, whichever reads better on the background."""
    return max((WHITE, INK), key=lambda colour: contrast(colour, background))


def readable(colour: str, background: str) -> str:
    """The colour, moved towards ink or white until it reads well on the background."""
    end = on(background)
    for step in range(11):
        mixed = _mix(colour, end, step / 10)
        if contrast(mixed, background) >= READABLE:
            return mixed
    return end


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(colour: str, end: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)

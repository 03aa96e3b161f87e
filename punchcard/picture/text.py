"""How wide words are in the picture, and where their lines break: no browser is asked, so widths are estimated."""

from __future__ import annotations

import re

NARROW, WIDE = frozenset("iljtfrI.,:;'!|()[]` "), frozenset("mwMWQOGDHNU@%&–—…")
EM = 0.6
# A line may break at a space, and behind a dot, a dash or an underscore within a name.
_PARTS = re.compile(r"\s*\S+?(?:[._-](?=\S)|(?=\s|$))")


def width(text: str, size: float) -> float:
    """Return about how many units wide a text of this font size is."""
    return sum(0.34 if c in NARROW else 0.86 if c in WIDE else EM for c in text) * size


def wrap(text: str, limit: float, size: float, most: int) -> tuple[str, ...]:
    """Break a text into at most so many lines of at most this width; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for part in _PARTS.findall(text):
        if lines and width(lines[-1] + part, size) <= limit:
            lines[-1] += part
        else:
            lines.append(part.strip())
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] += lines[most] + "…"
    return tuple(_cut(line, limit, size) for line in shown)


def _cut(line: str, limit: float, size: float) -> str:
    if width(line, size) <= limit:
        return line
    kept = line.removesuffix("…")
    while kept and width(f"{kept}…", size) > limit:
        kept = kept[:-1]
    return f"{kept.rstrip(' .')}…"

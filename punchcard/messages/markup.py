"""The few marks of a message's body: paragraphs, **bold**, links, and buttons on their own line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from punchcard.messages.mistake import TemplateMistake, mistake_at

VALUE = r"\ufdd0[^\ufdd1]*\ufdd1"  # a filled-in field: opaque to every mark


@dataclass(frozen=True)
class Bold:
    """Words that stand out."""

    spans: "tuple[Span, ...]"


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; for a bare address both are the same."""

    text: str
    target: str


Span = str | Bold | Link


@dataclass(frozen=True)
class Paragraph:
    """Lines of text without a blank line between them; each line holds its spans in order."""

    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Button:
    """A link that stands on a line of its own and looks like a button."""

    text: str
    target: str


Block = Paragraph | Button

# Each character can be read in one way only, so that no text makes the patterns try many.
_ANY = rf"(?:{VALUE}|[^\[\]\n\ufdd0])"
_TARGET = rf"(?:{VALUE}|[^()\s\ufdd0])"
_BUTTON = re.compile(rf"\s*\[\[(?P<text>{_ANY}+)\]\]\((?P<target>{_TARGET}+)\)\s*")
_SPAN = re.compile(
    rf"(?P<opaque>{VALUE})"
    rf"|\[(?P<text>{_ANY}+)\]\((?P<target>{_TARGET}+)\)"
    rf"|\*\*(?P<bold>(?:{VALUE}|(?!\*\*)[^\n\ufdd0])+)\*\*"
    rf"|(?P<bare>https?://(?:{VALUE}|[^\s<>\"()\ufdd0])*(?:{VALUE}|[^\s<>\"().,;:!?\ufdd0]))"
)


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a filled-in body; values stay between their signs."""
    blocks: list[Block] = []
    lines: list[tuple[Span, ...]] = []

    def close() -> None:
        if lines:
            blocks.append(Paragraph(tuple(lines)))
            lines.clear()

    for line in text.split("\n"):
        if not line.strip():
            close()
        elif button := _BUTTON.fullmatch(line):
            close()
            blocks.append(Button(button["text"], button["target"]))
        else:
            lines.append(tuple(_read_spans(line.strip())))
    close()
    return tuple(blocks)


def _read_spans(line: str) -> Iterator[Span]:
    place = 0
    for match in _SPAN.finditer(line):
        if match["opaque"]:
            continue
        if match.start() > place:
            yield line[place : match.start()]
        yield _span(match)
        place = match.end()
    if place < len(line):
        yield line[place:]


def _span(match: re.Match[str]) -> Span:
    if match["bold"]:
        return Bold(tuple(_read_spans(match["bold"])))
    if match["bare"]:
        return Link(match["bare"], match["bare"])
    return Link(match["text"], match["target"])


# In a template's text, before fields are filled in.
_FIELD = r"\{\{[^{}\n]*\}\}"
_RAW_TARGET = re.compile(rf"\]\((?P<target>(?:{_FIELD}|(?!\{{\{{)[^()\n])*)\)")
_RAW_BUTTON = re.compile(rf"\[\[(?:{_FIELD}|(?!\{{\{{)[^\[\]\n])+\]\]\((?:{_FIELD}|(?!\{{\{{)[^()\s])+\)")
_SAFE_START = re.compile(r"https?://|mailto:|\{\{")


def markup_mistakes(text: str) -> Iterator[TemplateMistake]:
    """Links that lead nowhere safe, and buttons that don't stand on a line of their own."""
    for match in _RAW_TARGET.finditer(text):
        if not _SAFE_START.match(match["target"]):
            reason = f"the link leads to {match['target']!r}"
            remedy = "begin it with https://, http:// or mailto:, or with a field"
            yield mistake_at(text, match.start("target"), "link", reason, remedy)
    for match in _RAW_BUTTON.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
        if line.strip() != match[0]:
            reason = "a button shares its line with other text"
            remedy = "put it on a line of its own, or write a link with single brackets"
            yield mistake_at(text, match.start(), "button", reason, remedy)

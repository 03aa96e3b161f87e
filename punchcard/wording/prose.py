"""An explanation as plain text, wrapped for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from punchcard.wording.explanation import Explanation
from punchcard.wording.sections.line import Line

INDENT = 3
HARD_SPACES = str.maketrans({"\xa0": "\x00", "\u202f": "\x01"})
BACK = str.maketrans({"\x00": "\xa0", "\x01": "\u202f"})


def prose(explanation: Explanation, width: int = 100) -> str:
    """Return the whole explanation, at most so many characters wide."""
    return "\n".join(_lines(explanation, width)) + "\n"


def _lines(explanation: Explanation, width: int) -> Iterator[str]:
    yield explanation.title
    yield "=" * len(explanation.title)
    yield from _wrapped(explanation.summary, width, "", "")
    for section in explanation.sections:
        yield ""
        yield section.heading
        yield "-" * len(section.heading)
        for line in section.lines:
            yield from _line(line, width)


def _line(line: Line, width: int) -> Iterator[str]:
    if line.number:
        margin = " " * INDENT * line.depth
        head = f"{margin}{line.number}  "
        return _wrapped(line.text, width, head, " " * len(head))
    return _wrapped(line.text, width, "- ", "  ")


def _wrapped(text: str, width: int, first: str, other: str) -> Iterator[str]:
    """Break a text where a break is allowed, which is not at a hard space."""
    for part in wrap(
        text.translate(HARD_SPACES),
        max(width, len(first) + 20),
        initial_indent=first,
        subsequent_indent=other,
        break_long_words=False,
        break_on_hyphens=False,
    ):
        yield part.translate(BACK)

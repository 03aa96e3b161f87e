"""What can be wrong with a message: in its text (a value), or while it is rendered (an exception)."""

from dataclasses import dataclass
from typing import Literal

from punchcard.errors import FinalError

MistakeKind = Literal[
    "syntax",  # not a template
    "feature",  # a template, but with more than messages may do
    "filter",  # a filter that does not exist
    "option",  # a filter's option that does not exist or does not fit
    "link",  # a link that leads nowhere safe
    "button",  # a button that does not stand on a line of its own
    "size",  # longer than a message may be
]


@dataclass(frozen=True)
class TemplateMistake:
    """One mistake in a message's text; line and column count from 1, in characters."""

    kind: MistakeKind
    line: int
    column: int
    reason: str
    remedy: str


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def mistake_at(text: str, offset: int, kind: MistakeKind, reason: str, remedy: str) -> TemplateMistake:
    """The mistake that stands at an offset of the text."""
    return TemplateMistake(kind, *line_and_column(text, offset), reason, remedy)


class RenderFailure(FinalError):
    """The message cannot be rendered with these values; trying again changes nothing."""

"""What changes from one version to another, as the API shows it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.shapes.values import Given
from punchcard.wording.comparing.change import Change
from punchcard.wording.comparing.comparison import ChangedSection, Comparison


class PieceShown(Given):
    """Some words that stand in both texts, in the old one, or in the new one."""

    kind: Literal["same", "removed", "added"]
    text: str


class ChangeShown(Given):
    """What stood there before, what stands there now, and both as one text."""

    sign: Literal["added", "removed", "changed", "moved"]
    head: str | None = Field(description="Where it is: a step's number, a message and its language.")
    before: str | None
    after: str | None
    pieces: list[PieceShown]


class ChangedSectionShown(Given):
    """One heading with what changes below it; `name` is the same in every language."""

    name: str
    heading: str
    changes: list[ChangeShown]


class ComparisonShown(Given):
    """What changes, and what it means for running instances and for counting."""

    campaign: str
    language: str = Field(description="The language that it is told in.", examples=["en-US"])
    title: str
    equal: bool
    sections: list[ChangedSectionShown]
    meaning: list[str]


def comparison_shown(comparison: Comparison) -> ComparisonShown:
    """Put a comparison into its shape."""
    return ComparisonShown(
        campaign=comparison.campaign,
        language=comparison.language,
        title=comparison.title,
        equal=comparison.equal,
        sections=[_section(section) for section in comparison.sections],
        meaning=list(comparison.meaning),
    )


def _section(section: ChangedSection) -> ChangedSectionShown:
    changes = [_change(change) for change in section.changes]
    return ChangedSectionShown(name=section.name, heading=section.heading, changes=changes)


def _change(change: Change) -> ChangeShown:
    return ChangeShown(
        sign=change.sign,
        head=change.head or None,
        before=change.before,
        after=change.after,
        pieces=[PieceShown(kind=piece.kind, text=piece.text) for piece in change.pieces],
    )

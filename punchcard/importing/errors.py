"""What can be wrong with a file to import: as a whole, or with one value in one of its rows."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.errors import FinalError


class UnusableFileError(FinalError):
    """The file cannot be imported as it is described."""


class UnreadableError(Exception):
    """A value of one row that says nothing usable; collected, so that a row shows all of its mistakes."""

    def __init__(self, reason: str, remedy: str) -> None:
        """Take what is wrong with the value, and what to write instead."""
        self.reason = reason
        self.remedy = remedy
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in one row: the column (empty if it is the row itself), the reason, the remedy."""

    column: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return it as one sentence for people."""
        place = f"{self.column}: " if self.column else ""
        return f"{place}{self.reason}" + (f" ({self.remedy})" if self.remedy else "")

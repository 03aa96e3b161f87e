"""How the parts of a condition's reader report: by the places of its text."""

from __future__ import annotations

from typing import Protocol


class Say(Protocol):
    """Reports a mistake from the character `start` of a condition up to, not including, `end`."""

    def __call__(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        """Report it."""

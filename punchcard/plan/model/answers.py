"""What a question takes for an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FreeText:
    """Any text of up to `longest` characters."""

    longest: int = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the named options."""

    options: tuple[str, ...]


AnswerShape = Scale | FreeText | Choice

"""What a completion consists of: the things to write, and which characters they replace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Sort = Literal["key", "step", "value", "name", "message", "filter", "word"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to write: what is shown, what is put in (as a snippet), and what it means.

    With `afresh` it begins on a line of its own, and blanks before it go.
    """

    label: str
    sort: Sort
    insert: str
    detail: str = ""
    documentation: str = ""
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What can replace the characters from `start` to `end`."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def plain(text: str) -> str:
    """Return a text as a snippet that means just this."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def choice(number: int, texts: Iterable[str]) -> str:
    """Return a place to fill in with one of these texts."""
    escaped = (plain(text).replace(",", "\\,").replace("|", "\\|") for text in texts)
    return f"${{{number}|{','.join(escaped)}|}}"

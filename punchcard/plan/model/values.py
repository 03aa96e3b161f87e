"""Values that are handed over to others: single ones, texts made of several, and what is nested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.conditions import Expression

ReturnType = Literal["text", "number", "money", "date", "flag"]


@dataclass(frozen=True, slots=True)
class Handed:
    """A value that is handed over under a name; money is in minor units of the plan's currency."""

    name: str
    value: Expression
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A value, or a part of a text; `type` is what the language calls it, such as `money` or `moment`."""

    value: Expression
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Joined:
    """A text made of several pieces."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value under a name."""

    name: str
    value: Body


@dataclass(frozen=True, slots=True)
class Record:
    """Values under names."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Values in a row."""

    items: tuple[Body, ...]


Body = Piece | Joined | Record | Listing


@dataclass(frozen=True, slots=True)
class Returned:
    """A field of a reply that later steps may name."""

    name: str
    type: ReturnType


def pieces(body: Body | None) -> tuple[Piece, ...]:
    """Return the values of a body, in its order."""
    match body:
        case None:
            return ()
        case Piece():
            return (body,)
        case Joined(pieces=parts):
            return parts
        case Record(entries=entries):
            return tuple(piece for entry in entries for piece in pieces(entry.value))
        case Listing(items=items):
            return tuple(piece for item in items for piece in pieces(item))

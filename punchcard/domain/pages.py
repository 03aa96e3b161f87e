"""Lists in pages: the cursor that names the last row seen, so that no row is missed or shown twice."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, tuple_

from punchcard.domain.refusals import CursorUnknown

T = TypeVar("T")
LARGEST_PAGE = 200
_LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the cursor of the rows that follow; None at the end."""

    items: tuple[T, ...]
    next: str | None


def after(
    statement: Select[Any], columns: Sequence[ColumnElement[Any]], cursor: str | None, limit: int
) -> Select[Any]:
    """Order a statement by columns, the largest first, and begin it after the cursor; it fetches one row too many.

    The columns together must be unique. CursorUnknown if the cursor was not made by `page`.
    """
    ordered = statement.order_by(*(column.desc() for column in columns)).limit(limit + 1)
    if cursor is None:
        return ordered
    return ordered.where(tuple_(*columns) < tuple_(*_read(cursor, columns)))


def page(rows: Sequence[Any], limit: int, make: Callable[[Any], T], names: Sequence[str]) -> Page[T]:
    """Return the page of rows that a statement by `after` found; `names` are the columns that order it."""
    shown = rows[:limit]
    more = len(rows) > limit
    following = _write([getattr(shown[-1], name) for name in names]) if more else None
    return Page(tuple(make(row) for row in shown), following)


def _write(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str, columns: Sequence[ColumnElement[Any]]) -> list[int | str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != len(columns):
        values = [None] * len(columns)
    if not all(_fits(value, column) for value, column in zip(values, columns, strict=True)):
        raise CursorUnknown(
            remedy="Use the `next` of the page before, unchanged, or none for the first page."
        )
    return values


def _fits(value: object, column: ColumnElement[Any]) -> bool:
    if column.type.python_type is int:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_NUMBER
    return isinstance(value, str) and value.isprintable()

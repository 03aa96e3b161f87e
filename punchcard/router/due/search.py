"""What a search for who is due is: each kind of trigger that time starts has a file with one, and a row in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from punchcard.plan.rhythm import Span
from punchcard.router.match import Counting

NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Due:
    """A customer is due at an instant; `names` is what the steps may refer to."""

    customer_id: int
    identity: str
    at: int
    names: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One batch of who is due; `cursor` is the last candidate looked at, None where there are no more."""

    due: tuple[Due, ...]
    cursor: int | None


@dataclass(frozen=True, slots=True)
class Search:
    """How those who are due are found.

    `find(connection, counting, span, cursor, limit)` looks at up to `limit` candidates behind `cursor` and returns
    who of them is due within the span. `upcoming(connection, counting, after)` is an instant before which nobody
    becomes due, as far as is known today.
    """

    find: Callable[[Connection, Counting, Span, int, int], Found]
    upcoming: Callable[[Connection, Counting, int], int]


def lookback(counting: Counting, span: Span) -> Span:
    """Return the span before this one that may still be caught up, for what became known only since."""
    begin = max(counting.counts_from - 1, span.upto - counting.plan.max_lateness)
    return Span(min(begin, span.after), span.after)

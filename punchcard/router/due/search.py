"""What a search for who is due is: each kind of trigger that time starts has a file with one, and a row in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection

from punchcard.domain.customers import CUSTOMER
from punchcard.plan.rhythm import Span
from punchcard.router.counting import Counting

NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Due:
    """A customer is due at an instant; `names` is what the steps may refer to, `operands` what decided it."""

    customer_id: int
    identity: str
    at: int
    names: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    order_id: int | None = None
    operands: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Found:
    """One batch of who is due; `cursor` is the last candidate looked at, None where there are no more.

    `turned` is what is to be taken down of the batch where the search remembers what it has seen.
    """

    due: tuple[Due, ...]
    cursor: int | None
    turned: tuple[tuple[int, bool, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """How those who are due are found.

    `find(connection, counting, span, cursor, limit)` looks at up to `limit` candidates behind `cursor` and returns
    who of them is due within the span. `upcoming(connection, counting, after)` is an instant before which nobody
    becomes due, as far as is known today.

    A search that remembers what it has seen has three more: `begin` takes down how things stand at an instant, of all
    customers or of some, without anybody being due for it; `settle` takes down what a batch has found; `instants` are
    those within a span at which somebody may become due by the passing of time alone.
    """

    find: Callable[[Connection, Counting, Span, int, int], Found]
    upcoming: Callable[[Connection, Counting, int], int]
    begin: Callable[[Connection, Counting, int, Sequence[int] | None], None] | None = None
    settle: Callable[[Connection, Counting, Found, int], None] | None = None
    instants: Callable[[Connection, Counting, Span], list[int]] | None = None


def lookback(counting: Counting, span: Span) -> Span:
    """Return the span before this one that may still be caught up, for what became known only since."""
    begin = max(counting.counts_from - 1, span.upto - counting.plan.max_lateness)
    return Span(min(begin, span.after), span.after)


def has_moved(span: Span) -> ColumnElement[bool]:
    """Whether a customer's time zone has become another one since the pass before."""
    return CUSTOMER.c.timezone_since > span.after


# What a search reads of customers, to know when they would have been due where they lived before.
MOVED = (CUSTOMER.c.timezone, CUSTOMER.c.timezone_since, CUSTOMER.c.timezone_before)


def is_due(counting: Counting, span: Span, row: Any, at: Callable[[str], int]) -> bool:
    """Whether a customer is due within the span by the clock of their zone; `at` is when they are by a zone's.

    Whoever has moved since the pass before to where that is over already, before it came where they lived, is due, too.
    """
    own = counting.plan.timezone
    here = at(row.timezone or own)
    if here in span:
        return True
    moved = row.timezone_since
    has_just = moved is not None and moved > span.after
    return has_just and here in lookback(counting, span) and at(row.timezone_before or own) > moved

"""Sets of events, and ways in which they may arrive: in any order, repeatedly, in batches of any size."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.router.books import order, refund, review
from tests.router.reference import Item

Batch = tuple[list[Item], bool]

CUSTOMERS = ("ann", "ben", "cho")
ORDERS = ("o1", "o2", "o3", "o4", "o5", "o6", "o7")
INSTANTS = (
    "2026-05-20T10:00:00+00:00",
    "2026-05-28T16:26:40-04:00",
    "2026-06-01T10:00:00+02:00",
    "2026-06-09T23:59:59+00:00",
    "2026-06-11T00:00:00+00:00",
)
AMOUNTS = ("5.00", "10.01", "35.00", "60.00", "99.99", "100.00", "250.00", "730.50")
LINES: tuple[tuple[tuple[str, int, str], ...], ...] = (
    (),
    (("a", 3, "100.00"),),
    (("a", 1, "20.00"), ("b", 7, "40.01")),
    (("a", 2, "0.00"), ("b", 2, "9.00")),
)


def _orders() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        order,
        st.sampled_from(ORDERS),
        st.sampled_from(CUSTOMERS),
        st.sampled_from(AMOUNTS),
        st.sampled_from(INSTANTS),
        st.integers(0, 2),
        st.sampled_from(("USD", "USD", "USD", "EUR")),
        st.sampled_from(("delivered", "delivered", "paid", "placed", "cancelled")),
        st.sampled_from(LINES),
        st.sampled_from((None, "web", "till")),
    )


def _refunds() -> st.SearchStrategy[dict[str, Any]]:
    amount = st.sampled_from(AMOUNTS)
    lines = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3)), min_size=1, max_size=3)
    return st.builds(
        lambda id, order, measure, currency: refund(id, order, **measure, currency=currency),
        st.sampled_from(("r1", "r2", "r3", "r4", "o7")),
        st.sampled_from(ORDERS),
        st.one_of(
            st.just({}), amount.map(lambda text: {"amount": text}), lines.map(lambda pairs: {"lines": pairs})
        ),
        st.sampled_from(("USD", "USD", "EUR")),
    )


def _reviews() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        review,
        st.sampled_from(("e1", "e2", "e3", "r4")),
        st.sampled_from(CUSTOMERS),
        st.sampled_from(("tea", "pot")),
        st.integers(1, 5),
        st.sampled_from(INSTANTS),
    )


def items() -> st.SearchStrategy[list[Item]]:
    """Return events, of which about one in five comes as history; some take an id that another one has."""
    events = st.one_of(_orders(), _orders(), _orders(), _refunds(), _reviews())
    item = st.builds(Item, events.map(json.dumps), st.sampled_from((False, False, False, False, True)))
    return st.lists(item, min_size=1, max_size=16, unique=True)


def dealings() -> st.SearchStrategy[list[Item]]:
    """Return what one customer orders and gives back: occasions that change their orders, fall and stand again."""
    orders = st.builds(
        lambda id, amount, at, revision: order(id, "ann", amount, at, revision, channel="web"),
        st.sampled_from(ORDERS),
        st.sampled_from(("35.00", "60.00", "100.00", "250.00")),
        st.sampled_from(INSTANTS),
        st.integers(0, 1),
    )
    refunds = st.builds(
        lambda number, order, amount: refund(f"r{number}", order, amount),
        st.integers(1, 4),
        st.sampled_from(ORDERS),
        st.sampled_from((None, None, "10.01")),
    )
    events = st.one_of(orders, orders, refunds)
    item = st.builds(Item, events.map(json.dumps), st.just(False))
    return st.lists(item, min_size=2, max_size=12, unique=True)


@st.composite
def deliveries(draw: st.DrawFn, found: list[Item]) -> list[Batch]:
    """Return one way in which a set of events may arrive: everything at least once, in batches."""
    again = draw(st.lists(st.sampled_from(found), max_size=6))
    rest = draw(st.permutations([*found, *again]))
    batches: list[Batch] = []
    while rest:
        size = draw(st.integers(1, len(rest)))
        head, rest = rest[:size], rest[size:]
        for history in (False, True):
            part = [item for item in head if item.history is history]
            if part:
                batches.append((part, history))
    return batches

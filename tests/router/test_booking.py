"""Purchases: what refunds take back, and the ledger, which tells how each order came to its net amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from punchcard.domain.customers import Alias
from punchcard.domain.database import dump, table
from punchcard.domain.events import Event
from punchcard.router.booking import refunded
from tests.router.books import LEDGER, ORDER, Books, order, refund

ALIAS, EVENT = table(Alias), table(Event)


@dataclass(frozen=True)
class Given:
    """A refund as it is stored."""

    amount: int | None = None
    currency: str | None = "USD"
    lines: str | None = None


WHOLE = Given()
THREE = [{"id": "a", "quantity": 3, "amount": 100_00}, {"id": "b", "quantity": 1, "amount": 20_00}]


def units(**quantities: int) -> Given:
    """Return a refund of so many units of each line."""
    return Given(lines=dump([{"id": name, "quantity": number} for name, number in quantities.items()]))


@pytest.mark.parametrize(
    ("refunds", "expected"),
    [
        ([], 0),
        ([WHOLE], 120_00),
        ([Given(40_00), Given(5_00)], 45_00),
        ([Given(100_00), Given(100_00)], 120_00),  # never more than was paid
        ([Given(40_00, "EUR")], 0),  # another currency says nothing
        ([units(a=1)], 33_33),
        ([units(a=1), units(a=1)], 66_66),
        ([units(a=1), units(a=2)], 100_00),  # the last unit takes what rounding left
        ([units(a=2), units(a=2)], 100_00),  # a line has as many units as it has
        ([units(a=1, b=1)], 53_33),
        ([units(z=1)], 0),  # no such line
        ([units(b=1), Given(10_00)], 30_00),
        ([units(a=3), Given(50_00)], 120_00),
        ([Given(10_00), WHOLE], 120_00),
    ],
)
def test_refunds_take_back_what_they_say_and_no_more_than_was_paid(
    refunds: list[Given], expected: int
) -> None:
    """Whole, by amount, by line, in whichever order they came."""
    assert refunded(120_00, "USD", dump(THREE), refunds) == expected
    assert refunded(120_00, "USD", dump(THREE), refunds[::-1]) == expected


def ledger(books: Books) -> list[tuple[str, str, int, str, str]]:
    """Return the ledger's lines: whose, what, by how much, in which currency, by which event."""
    rows = books.rows(
        select(LEDGER, ALIAS.c.external_id.label("customer"), EVENT.c.external_id.label("event"))
        .join(ALIAS, ALIAS.c.customer_id == LEDGER.c.customer_id)
        .join(EVENT, EVENT.c.id == LEDGER.c.event_id)
        .order_by(LEDGER.c.id)
    )
    return [(row.customer, row.kind, row.change, row.currency, row.event) for row in rows]


def net(books: Books) -> tuple[int, int, int]:
    """Return what the only order came to: its amount, what was given back, and what is left."""
    (row,) = books.rows(select(ORDER))
    return row.amount, row.refunded, row.net


def test_each_change_of_an_order_is_a_line_by_the_event_that_made_it(each_books: Books) -> None:
    """The ledger only grows, and its sum is what the order comes to."""
    books = each_books
    books.take(order("o1", amount="100.00"))
    books.take(refund("r1", "o1", amount="40.00"))
    books.take(order("o1", amount="120.00", revision=1))
    books.take(order("o1", amount="50.00", revision=2), refund("r2", "o1", amount="20.00"))
    assert ledger(books) == [
        ("ann", "order", 100_00, "USD", "o1"),
        ("ann", "refund", -40_00, "USD", "r1"),
        ("ann", "revision", 20_00, "USD", "o1"),
        ("ann", "revision", -70_00, "USD", "o1"),
        ("ann", "refund", -10_00, "USD", "r2"),
    ]
    assert net(books) == (50_00, 50_00, 0)
    books.check()


def test_what_does_not_change_the_amount_is_no_line(books: Books) -> None:
    """A delivery, a late revision, a refund of nothing."""
    books.take(order("o1", revision=5, status="paid"))
    books.take(order("o1", revision=6, status="delivered"), order("o1", revision=4, amount="1.00"))
    books.take(refund("r1", "o1", amount="0.00"))
    assert len(ledger(books)) == 1
    assert [(row.status, row.revision) for row in books.rows(select(ORDER))] == [("delivered", 6)]


def test_of_several_revisions_in_a_batch_the_latest_is_booked(books: Books) -> None:
    """Whatever order they stand in."""
    books.take(*(order("o1", revision=number, amount=f"{number}0.00") for number in (1, 3, 2)))
    assert [line[1:3] for line in ledger(books)] == [("order", 30_00)]


def test_refunds_that_came_before_their_order_are_booked_with_it(each_books: Books) -> None:
    """Those that do not fit it take nothing back."""
    books = each_books
    lines = [("a", 3, "100.00")]
    books.take(
        refund("r1", "o1", lines=[("a", 1), ("z", 1)]),
        refund("r2", "o1", amount="1.00", currency="EUR"),
        refund("r3", "o2"),
    )
    assert ledger(books) == []
    books.take(order("o1", amount="100.00", lines=lines))
    assert [line[:3] for line in ledger(books)] == [("ann", "order", 100_00), ("ann", "refund", -33_33)]
    books.take(order("o1", amount="100.00", revision=1))  # its lines are gone
    assert net(books) == (100_00, 0, 100_00)
    books.check()


def test_orders_of_two_sources_are_two_orders(books: Books) -> None:
    """A refund belongs to the order of its own source."""
    books.take(order("o1", amount="10.00"))
    books.ingest("till", [order("o1", amount="20.00"), refund("r1", "o1")])
    rows = books.rows(select(ORDER.c.source, ORDER.c.net).order_by(ORDER.c.source))
    assert [tuple(row) for row in rows] == [("shop", 10_00), ("till", 0)]


@pytest.mark.parametrize(
    ("after", "account"),
    [({"customer": "ben"}, ("ben", "USD")), ({"currency": "EUR"}, ("ann", "EUR"))],
)
def test_an_order_that_changes_hands_or_currency_leaves_the_one_account_for_the_other(
    books: Books, after: dict[str, Any], account: tuple[str, str]
) -> None:
    """Each customer's lines in each currency sum up to what their orders come to."""
    books.take(order("o1", amount="100.00"), refund("r1", "o1", amount="30.00"))
    books.take(order("o1", amount="100.00", revision=1, **after))
    sums: dict[tuple[str, str], int] = {}
    for customer, _, change, currency, _ in ledger(books):
        sums[customer, currency] = sums.get((customer, currency), 0) + change
    assert sums == {("ann", "USD"): 0, account: net(books)[2]}
    assert [line[1] for line in ledger(books)][:3] == ["order", "refund", "revision"]
    books.check()

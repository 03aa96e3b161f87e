"""Who is due, in tests: customers and orders at their times, the search at given instants, and whom it has found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from punchcard.domain.database import table
from punchcard.domain.sweeps import Sweep
from punchcard.plan.calendar import to_datetime, to_millis
from punchcard.router.sweep import Sweeper
from punchcard.trial.clock import VirtualClock
from tests.router.books import ALIAS, OCCASION, Books, order

SWEEP = table(Sweep)
BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"


def at(text: str) -> int:
    """Return an instant from ISO 8601 in UTC."""
    return to_millis(datetime.fromisoformat(f"{text}+00:00"))


BEGIN = at("2026-05-01T00:00")


def know(books: Books, customer: str, when: int, **profile: Any) -> None:
    """Post what is known of a customer."""
    books.at(when)
    event = {
        "id": f"{customer}-{when}",
        "type": "profile",
        "customer": customer,
        "occurred_at": to_datetime(when).isoformat(),
        "data": profile,
    }
    (result,) = books.take(event)
    assert result.status == "accepted", result


def orders(books: Books, customer: str, *when: str, **terms: Any) -> None:
    """Post orders, each at its time; the clock stands there, too."""
    for day in when:
        books.at(at(day))
        (result,) = books.take(order(f"o-{customer}-{day}", customer, at=f"{day}+00:00", **terms))
        assert result.status == "accepted", result


def sweep(books: Books, *instants: int, batch: int = 500) -> None:
    """Sweep at each instant until nobody is left, by a process that knows nothing of the sweeps before."""
    clock = VirtualClock(instants[0], 1)
    sweeper = Sweeper(books.database, clock, batch)
    for instant in instants:
        clock.put(instant)
        for _ in range(200):
            if not sweeper.round().more:
                break
        else:
            raise AssertionError("the sweep does not come to an end")


def found(books: Books) -> dict[tuple[str, str], str]:
    """Return when each (customer, identity) was due, in UTC to the minute."""
    names = {row.customer_id: row.external_id for row in books.rows(select(ALIAS))}
    return {
        (names[row.customer_id], row.identity): f"{to_datetime(row.occurred_at):%Y-%m-%d %H:%M}"
        for row in books.rows(select(OCCASION))
    }

"""Customers with some orders each, over the last four hundred days: what segments are looked up in."""

from __future__ import annotations

import random

from sqlalchemy import insert

from punchcard.domain.customers import CUSTOMER
from punchcard.domain.database import Database, table
from punchcard.domain.orders import Order
from punchcard.plan.calendar import DAY

ORDER = table(Order)
NOW = 1_780_000_000_000
ORDERS_EACH = 5
_ROWS = 5_000


def populate(database: Database, customers: int) -> None:
    """Write so many customers with their orders; the same ones each time."""
    chance = random.Random(7)
    for first in range(1, customers + 1, _ROWS):
        people = range(first, min(first + _ROWS, customers + 1))
        with database.begin() as connection:
            connection.execute(
                insert(CUSTOMER), [{"id": id_, "created_at": 0, "attributes": "{}"} for id_ in people]
            )
            connection.execute(
                insert(ORDER), [_order(chance, id_, n) for id_ in people for n in range(ORDERS_EACH)]
            )


def _order(chance: random.Random, customer: int, number: int) -> dict[str, object]:
    amount = chance.randrange(500, 30_000)
    at = NOW - chance.randrange(1, 400 * DAY)
    return {
        "source": "shop",
        "external_id": f"{customer}-{number}",
        "customer_id": customer,
        "occurred_at": at,
        "received_at": at,
        "status": "paid",
        "currency": "USD",
        "amount": amount,
        "net": amount,
        "event_id": 1,
    }

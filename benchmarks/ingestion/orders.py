"""The orders that are taken in: made up, the same in each run, each with an id of its own."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

SOURCE = "benchmark"
CURRENCY = "USD"

_SEED = 1997
_MEDIAN_AMOUNT = 25_00
_SPREAD = 0.75


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """One order; `amount` is in cents, `at` in epoch milliseconds."""

    id: str
    customer: int
    amount: int
    at: int

    def envelope(self) -> dict[str, Any]:
        """Return it as it is posted."""
        return {
            "id": self.id,
            "type": "order",
            "customer": f"C-{self.customer}",
            "occurred_at": datetime.fromtimestamp(self.at / 1000, UTC).isoformat(),
            "data": {"amount": {"amount": f"{self.amount / 100:.2f}", "currency": CURRENCY}},
        }


class OrderBook:
    """Makes orders without end; the first ones, one of each customer, are for `enrolment`."""

    def __init__(self, customers: int) -> None:
        self._customers = customers
        self._chance = random.Random(_SEED)
        self._start = int((datetime.now(UTC) - timedelta(days=1)).timestamp() * 1000)
        self._numbers = itertools.count(1)

    def enrolment(self, size: int) -> Iterator[list[PlacedOrder]]:
        """Yield one small order of each customer, so that what is measured later finds them known."""
        for first in range(0, self._customers, size):
            people = range(first, min(first + size, self._customers))
            yield [PlacedOrder(f"e-{person}", person, 1_00, self._start) for person in people]

    def batch(self, size: int) -> list[PlacedOrder]:
        """Return so many orders, each of some customer."""
        return [self._order(number) for number in itertools.islice(self._numbers, size)]

    def _order(self, number: int) -> PlacedOrder:
        amount = round(_MEDIAN_AMOUNT * self._chance.lognormvariate(0, _SPREAD)) + 1
        return PlacedOrder(
            f"o-{number}", self._chance.randrange(self._customers), amount, self._start + number
        )

"""A way for orders to come in, and how many it takes in a second."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol

from benchmarks.ingestion.orders import OrderBook, PlacedOrder

ENROLMENT = 1000


class Way(Protocol):
    """One row of the table."""

    name: str

    def measure(self, size: int, seconds: float) -> float:
        """Take batches of this size in for so many seconds, and return the orders of one second."""
        ...

    def close(self) -> None:
        """Close what it holds open."""
        ...


class Taker(Protocol):
    """Takes batches in, one after the other, each in one transaction."""

    def take(self, batch: Sequence[PlacedOrder]) -> None:
        """Take a batch in."""
        ...

    def close(self) -> None:
        """Close the database."""
        ...


class InProcess:
    """A taker in this process; only the time that it spends in `take` counts."""

    def __init__(self, name: str, taker: Taker, customers: int) -> None:
        self.name = name
        self._taker = taker
        self._book = OrderBook(customers)
        for batch in self._book.enrolment(ENROLMENT):
            taker.take(batch)

    def measure(self, size: int, seconds: float) -> float:
        """See Way."""
        orders, spent = 0, 0.0
        while spent < seconds:
            batch = self._book.batch(size)
            began = time.perf_counter()
            self._taker.take(batch)
            spent += time.perf_counter() - began
            orders += size
        return orders / spent

    def close(self) -> None:
        """Close the taker."""
        self._taker.close()

"""Punchcard as one process: ingest, dispatcher and worker as they run in production, and the intake."""

from __future__ import annotations

import asyncio
import itertools
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import insert

from benchmarks.installation import install
from benchmarks.journeys.intake import READY, Orders, email, say, take_in
from punchcard.domain.answering import record_answer
from punchcard.domain.clock import Clock
from punchcard.domain.customers import Customer
from punchcard.domain.database import Database, table
from punchcard.router.joining import JoinedIngest
from punchcard.settings import LOOPBACK, Settings
from worker import collect_less_often, compose, connect, running

CUSTOMER = table(Customer)
SOURCE = "benchmark"
FILE = "punchcard.db"
_BATCH = 1000


class Shop:
    """What a shop tells Punchcard: orders, redemptions and answers, each when it happens."""

    def __init__(self, database: Database, clock: Clock, first_customer: int) -> None:
        self._first = first_customer
        self._database = database
        self._clock = clock
        self._ingest = JoinedIngest(database, clock)
        self._numbers = itertools.count(1)

    async def customers(self, count: int) -> None:
        """Make customers known, with their consent."""
        with self._database.begin() as connection:  # the next ids follow on this one
            connection.execute(insert(CUSTOMER).values(id=self._first - 1, attributes="{}", created_at=0))
        consents = [{"channel": "email", "purpose": "marketing", "granted": True}]
        events = [
            self._event("profile", {"email": email(n), "first_name": "Pat", "consents": consents}, f"C-{n}")
            for n in range(self._first, self._first + count)
        ]
        for first in range(0, count, _BATCH):
            await self._take(events[first : first + _BATCH])
        say(READY)

    async def order(self, order: str, customer: int, amount: int) -> None:
        """Take an order in."""
        money = {"amount": f"{amount / 100:.2f}", "currency": "USD"}
        await self._take([self._event("order", {"amount": money}, f"C-{customer}", order)])

    async def redeem(self, code: str) -> None:
        """Report a code that was used."""
        await self._take([self._event("redemption", {"code": code})])

    async def answer(self, question: int, answer: int) -> None:
        """Record an answer, as the page does to which the e-mail leads."""

        def record() -> None:
            with self._database.begin() as connection:
                record_answer(connection, question, str(answer), self._clock.now())

        await asyncio.to_thread(record)

    def _event(
        self, kind: str, data: dict[str, Any], customer: str | None = None, id_: str | None = None
    ) -> dict[str, Any]:
        return {
            "id": id_ or f"{kind}-{next(self._numbers)}",
            "type": kind,
            "customer": customer,
            "occurred_at": datetime.fromtimestamp(self._clock.now() / 1000, UTC).isoformat(),
            "data": data,
        }

    async def _take(self, events: list[dict[str, Any]]) -> None:
        results = await self._ingest.run(SOURCE, events)
        refused = [result for result in results if result.status != "accepted"]
        if refused:
            raise AssertionError(f"not accepted: {refused[0]}")


async def run(orders: Orders) -> None:
    """Serve until the input ends; the server's address comes by the environment, as in production."""
    now = time.time_ns() // 1_000_000
    folder = Path(orders.folder)
    clock = Clock(wall=now, business=now, factor=orders.pace)
    database = install(f"sqlite:///{folder / FILE}", clock)
    settings = Settings(
        data_dir=folder,
        task_queue=orders.task_queue,
        secret_key=SecretStr("benchmark"),
        smtp_host=LOOPBACK,
        smtp_port=orders.mail_port,
    )
    collect_less_often()
    shop = Shop(database, clock, orders.first_customer)
    parts = compose(settings, database)
    async with running(await connect(database), parts):
        await take_in(
            {
                "customers": shop.customers,
                "order": shop.order,
                "redeem": shop.redeem,
                "answer": shop.answer,
            }
        )
    await parts.channel.aclose()
    database.close()


if __name__ == "__main__":
    asyncio.run(run(Orders.read()))

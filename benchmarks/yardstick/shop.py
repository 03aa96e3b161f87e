"""The hand-written shop's side of a journey: orders counted, coupons used, answers taken, workflows told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from temporalio.client import Client

from benchmarks.yardstick.activities import now
from benchmarks.yardstick.database import Database
from benchmarks.yardstick.payloads import SPEND_AND_SAVE, Journey

EVERY = 500_00


@dataclass(frozen=True, slots=True)
class Shop:
    """What a shop's own code does when something happens; no outbox: a crash in between loses the news."""

    database: Database
    client: Client
    task_queue: str
    pace: int
    records_steps: bool

    async def order(self, order: str, customer: int, amount: int) -> None:
        """Take an order once, and start a journey for each further multiple that the customer's spend reaches."""
        for number in await asyncio.to_thread(self._count, order, customer, amount):
            name = f"spend-and-save-{customer}-{number}"
            await self.client.start_workflow(
                SPEND_AND_SAVE,
                Journey(name, customer, self.pace, self.records_steps),
                id=name,
                task_queue=self.task_queue,
                request_eager_start=True,
            )

    async def redeem(self, code: str) -> None:
        """Use a coupon and tell its journey."""
        journey = await asyncio.to_thread(self._redeem, code)
        if journey is not None:
            await self.client.get_workflow_handle(journey).signal("redeemed")

    async def answer(self, journey: str, answer: int) -> None:
        """Take the answer to a journey's question."""
        if await asyncio.to_thread(self._answer, journey, answer):
            await self.client.get_workflow_handle(journey).signal("answered")

    def _count(self, order: str, customer: int, amount: int) -> list[int]:
        with self.database.begin() as connection:
            fresh = connection.execute(
                "INSERT INTO purchase (id, customer, amount, received_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING RETURNING id",
                (order, customer, amount, now()),
            ).fetchone()
            if fresh is None:
                return []
            spent, before = connection.execute(
                "UPDATE customer SET spent = spent + ? WHERE id = ? RETURNING spent, crossings",
                (amount, customer),
            ).fetchone()
            after: int = spent // EVERY
            if after > before:
                connection.execute("UPDATE customer SET crossings = ? WHERE id = ?", (after, customer))
        return list(range(before + 1, after + 1))

    def _redeem(self, code: str) -> str | None:
        with self.database.begin() as connection:
            found: tuple[str] | None = connection.execute(
                "UPDATE reward SET status = 'redeemed', redeemed_at = ? WHERE code = ? AND status = 'issued'"
                " RETURNING journey",
                (now(), code),
            ).fetchone()
        return found[0] if found else None

    def _answer(self, journey: str, answer: int) -> bool:
        with self.database.begin() as connection:
            found = connection.execute(
                "UPDATE question SET answer = ?, answered_at = ? WHERE journey = ? AND answer IS NULL"
                " RETURNING journey",
                (answer, now(), journey),
            ).fetchone()
        return found is not None

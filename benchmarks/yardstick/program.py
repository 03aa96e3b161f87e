"""The hand-written shop as one process: worker, workflow starter and intake."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from benchmarks.journeys.intake import READY, Orders, email, say, take_in
from benchmarks.yardstick.activities import Desk
from benchmarks.yardstick.database import Database
from benchmarks.yardstick.mail import Post
from benchmarks.yardstick.shop import Shop
from benchmarks.yardstick.workflow import SpendAndSave
from punchcard.settings import LOOPBACK

# As many as Punchcard's worker has.
THREADS = 16


async def run(orders: Orders) -> None:
    """Serve until the input ends."""
    database = Database(Path(orders.folder) / "shop.db")
    client = await Client.connect(orders.address)
    shop = Shop(database, client, orders.task_queue, orders.pace, orders.records_steps)

    async def customers(count: int) -> None:
        await asyncio.to_thread(_enrol, database, orders.first_customer, count)
        say(READY)

    post = Post(LOOPBACK, orders.mail_port)
    desk = Desk(database, post)
    worker = Worker(
        client,
        task_queue=orders.task_queue,
        workflows=[SpendAndSave],
        activities=[desk.give_reward, desk.may_remind, desk.ask, desk.move, desk.close, desk.send_mail],
        activity_executor=ThreadPoolExecutor(THREADS),
        workflow_runner=UnsandboxedWorkflowRunner(),
        max_cached_workflows=orders.cached,
        max_concurrent_activities=THREADS,
        max_concurrent_local_activities=THREADS,
    )
    async with worker:
        await take_in(
            {"customers": customers, "order": shop.order, "redeem": shop.redeem, "answer": shop.answer}
        )
    await post.aclose()


def _enrol(database: Database, first: int, count: int) -> None:
    with database.begin() as connection:
        connection.executemany(
            "INSERT INTO customer (id, email, first_name) VALUES (?, ?, 'Pat')",
            [(number, email(number)) for number in range(first, first + count)],
        )


if __name__ == "__main__":
    asyncio.run(run(Orders.read()))

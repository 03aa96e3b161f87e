"""The way from one shop's outbox to a real Temporal server, and that server as it is when something fails."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import func, select, update
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from punchcard.contracts import Delivery, JourneyStart, PinnedPlan
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.outbox import tell
from punchcard.plan.triggers import OrderTrigger
from punchcard.router.dispatch import Dispatcher
from tests.router.books import INSTANCE, OUTBOX, Books, order
from tests.router.campaigns import NOW, campaign


@dataclass
class Post:
    """The outbox of one shop, and the Temporal server that it goes to; no worker listens there."""

    books: Books
    client: Client
    task_queue: str
    campaign: str
    commits: GroupCommit

    def dispatcher(self, client: Any = None, commits: GroupCommit | None = None) -> Dispatcher:
        """Return a dispatcher, with the real client or a faulty one, and the shop's commits or its own."""
        speaks_to, clock = cast(Client, client or self.client), Clock(business=NOW, factor=0)
        return Dispatcher(self.books.database, commits or self.commits, clock, speaks_to, self.task_queue)

    def earn(self, *orders: str) -> list[str]:
        """Let as many orders each start an instance, and return the instances' ids."""
        self.books.publish(campaign(self.campaign, OrderTrigger()))
        self.books.take(*(order(id) for id in orders))
        return [row.id for row in self.books.rows(select(INSTANCE.c.id).order_by(INSTANCE.c.id))]

    def tell(self, instance: str, times: int = 1) -> None:
        """Tell an instance something."""
        for _ in range(times):
            with self.books.database.begin() as connection:
                tell(connection, instance, "deliver", {"name": "customer.ordered", "data": {}, "at": 7}, NOW)

    def change(self, what: Any, instance: str | None = None, **values: Any) -> None:
        """Change rows of a table, of one instance or of all."""
        statement = update(what).values(**values)
        if instance is not None:
            statement = statement.where((what.c.id if what is INSTANCE else what.c.instance_id) == instance)
        with self.books.database.begin() as connection:
            connection.execute(statement)

    def rows(self, instance: str) -> list[Any]:
        """Return an instance's rows of the outbox."""
        return self.books.rows(select(OUTBOX).where(OUTBOX.c.instance_id == instance).order_by(OUTBOX.c.seq))

    def statuses(self, instance: str) -> list[str]:
        """Return what became of an instance's rows."""
        return [row.status for row in self.rows(instance)]

    def left(self) -> int:
        """Return how many rows have yet to be sent."""
        with self.books.database.read() as connection:
            left = select(func.count()).where(OUTBOX.c.status == "pending")
            return int(connection.execute(left).scalar_one())

    async def heard(self, instance: str) -> list[Delivery]:
        """Return what a workflow was signalled, in the order of its history."""
        history = await self.client.get_workflow_handle(instance).fetch_history()
        signals = [event.workflow_execution_signaled_event_attributes for event in history.events]
        found = [signal.input.payloads for signal in signals if signal.signal_name]
        return [(await self.client.data_converter.decode(payloads, [Delivery]))[0] for payloads in found]

    async def begun(self, instance: str) -> tuple[PinnedPlan, JourneyStart]:
        """Return what a workflow was started with."""
        history = await self.client.get_workflow_handle(instance).fetch_history()
        given = history.events[0].workflow_execution_started_event_attributes.input.payloads
        plan, start = await self.client.data_converter.decode(given, [PinnedPlan, JourneyStart])
        return plan, start

    async def is_known(self, instance: str) -> bool:
        """Whether Temporal has a workflow of this id."""
        try:
            await self.client.get_workflow_handle(instance).describe()
        except RPCError as error:
            return error.status != RPCStatusCode.NOT_FOUND
        return True


def committing(database: Database) -> contextlib.closing[GroupCommit]:
    """Open what one process commits with."""
    return contextlib.closing(GroupCommit(database))


@contextlib.contextmanager
def post_of(books: Books, client: Client, task_queue: str) -> Iterator[Post]:
    """Open a shop's way out; its campaign's name is no other's, since ids of workflows begin with it."""
    with committing(books.database) as commits:
        yield Post(books, client, task_queue, f"c{secrets.token_hex(6)}", commits)


@dataclass
class Faulty:
    """The real client, except where `fault` has an error for an instance."""

    client: Client
    fault: Callable[[str], Exception | None]

    async def start_workflow(self, *words: Any, id: str, **options: Any) -> Any:
        """Start, or fail."""
        self._check(id)
        return await self.client.start_workflow(*words, id=id, **options)

    def get_workflow_handle(self, id: str) -> Any:
        """Return a handle; speaking to the workflow fails here already."""
        self._check(id)
        return self.client.get_workflow_handle(id)

    def _check(self, id: str) -> None:
        error = self.fault(id)
        if error is not None:
            raise error


def away(_instance: str) -> RPCError:
    """What the client says when the server does not answer."""
    return RPCError("connection refused", RPCStatusCode.UNAVAILABLE, b"")


async def send_all(*dispatchers: Dispatcher) -> None:
    """Let dispatchers send beside each other until nothing is due."""

    async def send(dispatcher: Dispatcher) -> None:
        while await dispatcher.send_batch():
            pass

    await asyncio.gather(*(send(each) for each in dispatchers))

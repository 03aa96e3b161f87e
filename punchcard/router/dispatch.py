"""The way out to Temporal: what the outbox holds is started and signalled, in order for each instance.

A row is sent at least once and taken in once: a start is rejected where the workflow exists, and the machine
drops a sequence number that it has seen.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection, select
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from punchcard.contracts import DELIVER, JOURNEY, PLAN_MEMO, PinnedPlan
from punchcard.domain.batches import close_batch
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.instances import Instance
from punchcard.domain.outbox_lease import Leased, has_work, lease, mark_done, mark_too_late, postpone
from punchcard.router.starting import batch_of, delivery_of, start_of, take_over

INSTANCE = table(Instance)
BATCH = 64
IDLE = 0.2
LONGEST_WAIT = 60_000

log = structlog.get_logger(__name__)


class PlanDiffersError(Exception):
    """A workflow of this id runs another plan than the instance was started with."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending one row: `done`, `too_late`, or `later` with an error."""

    row: Leased
    end: str
    error: str | None = None


class Dispatcher:
    """Sends the outbox of one database to one Temporal namespace; any number may run beside each other."""

    def __init__(
        self, database: Database, commits: GroupCommit, clock: Clock, client: Client, task_queue: str
    ) -> None:
        self._database = database
        self._commits = commits
        self._clock = clock
        self._client = client
        self._task_queue = task_queue

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; what is under way is finished first."""
        sent: list[Sent] = []
        while sent or not stop.is_set():
            try:
                rows = await self._turn(sent, leases=not stop.is_set())
            except Exception as error:
                log.warning("the outbox cannot be read", error=type(error).__name__)
                if stop.is_set():
                    return  # the leases end by themselves
                await _pause(stop, IDLE)
                continue
            sent = await self._send_all(rows)
            if not sent:
                await _pause(stop, IDLE)

    async def send_batch(self) -> int:
        """Send the rows that are due, once; return how many were taken."""
        sent = await self._send_all(await self._turn([], leases=True))
        await self._turn(sent, leases=False)
        return len(sent)

    async def _turn(self, sent: list[Sent], *, leases: bool) -> list[Leased]:
        """Record what was sent and take the next rows, in one transaction; where there is neither, only look."""
        if not sent and not await asyncio.to_thread(self._has_work):
            return []

        def write(connection: Connection) -> list[Leased]:
            self._settle(connection, sent)
            return lease(connection, BATCH, _wall()) if leases else []

        return await self._commits.run(write)

    async def _send_all(self, rows: list[Leased]) -> list[Sent]:
        return list(await asyncio.gather(*(self._send(row) for row in rows)))

    def _has_work(self) -> bool:
        with self._database.read() as connection:
            return has_work(connection, _wall())

    def _settle(self, connection: Connection, sent: Sequence[Sent]) -> None:
        mark_done(connection, [one.row for one in sent if one.end == "done"])
        for one in sent:
            if one.end == "too_late":
                mark_too_late(connection, one.row, self._clock.now())
            elif one.end == "later":
                wait = min(LONGEST_WAIT, 250 * 2 ** min(one.row.attempts, 10))
                postpone(connection, one.row, _wall() + wait, one.error)

    async def _send(self, row: Leased) -> Sent:
        try:
            if row.kind == "start":
                return await self._start(row)
            return await self._deliver(row)
        except Exception as error:  # whatever it is concerns this row alone: its neighbours are on their way
            log.warning("an instance cannot be told", instance=row.instance_id, seq=row.seq, error=str(error))
            return Sent(row, "later", str(error))

    async def _start(self, row: Leased) -> Sent:
        if row.status != "unstarted":
            return Sent(row, "done")
        start = start_of(row, self._clock)
        if row.resumes is not None:
            now = self._clock.now()
            resumed = await self._commits.run(lambda connection: take_over(connection, row, start, now))
            if resumed == "waits":
                return Sent(row, "later", "waits for the end of the generation before")
            if resumed == "ended":
                return Sent(row, "too_late")
        batch = batch_of(row)
        if batch is not None:
            now = self._clock.now()
            start.names["batch"] = await self._commits.run(
                lambda connection: close_batch(connection, batch, now)
            )
        try:
            await self._client.start_workflow(
                JOURNEY,
                args=[PinnedPlan(row.version), start],
                id=row.instance_id,
                task_queue=self._task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                request_eager_start=True,
                memo={PLAN_MEMO: row.version},
            )
        except WorkflowAlreadyStartedError:
            await self._same_plan(row)
        return Sent(row, "done")

    async def _same_plan(self, row: Leased) -> None:
        """A start that was repeated is a success, unless something else has taken the id."""
        described = await self._client.get_workflow_handle(row.instance_id).describe()
        memo = await described.memo()
        if memo.get(PLAN_MEMO) != row.version:
            raise PlanDiffersError(f"the workflow {row.instance_id} runs another plan: terminate it")

    async def _deliver(self, row: Leased) -> Sent:
        if row.status == "closed":
            return Sent(row, "too_late")
        try:
            await self._client.get_workflow_handle(row.instance_id).signal(DELIVER, delivery_of(row))
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            if await asyncio.to_thread(self._is_closed, row.instance_id):
                return Sent(row, "too_late")
            raise
        return Sent(row, "done")

    def _is_closed(self, instance_id: str) -> bool:
        with self._database.read() as connection:
            status = connection.execute(
                select(INSTANCE.c.status).where(INSTANCE.c.id == instance_id)
            ).scalar()
        return status == "closed"


def _wall() -> int:
    return time.time_ns() // 1_000_000


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return

"""Bringing Temporal back in line with the database: instances that it has forgotten are started again.

Each instance's exact state is in its latest tick, and what it was told is in the outbox; so an empty Temporal
loses nothing. What a workflow had been told after its latest tick is told again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select, update
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from punchcard.contracts import JOURNEY, PLAN_MEMO, JourneyStart, PinnedPlan
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Instance
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.ticks import latest

INSTANCE, OUTBOX = table(Instance), table(OutboxRow)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Stray:
    """An instance that is open in the database and does not run in Temporal."""

    instance_id: str
    version: str
    ticks: int


async def strays(database: Database, client: Client) -> list[Stray]:
    """Return the instances that should be running and are not."""
    found = []
    for row in _should_run(database):
        if not await _runs(client, row.id) and _still_open(database, row.id):
            found.append(Stray(row.id, row.version, row.tick))
    return found


async def reconcile(database: Database, clock: Clock, client: Client, task_queue: str) -> list[Stray]:
    """Start every stray again from what the database holds; return those that were."""
    restarted = []
    for stray in await strays(database, client):
        if stray.ticks == 0:
            _send_again(database, stray.instance_id, after=0)
            restarted.append(stray)
        elif await _restart(database, clock, client, task_queue, stray) == "started":
            restarted.append(stray)
    return restarted


async def _restart(
    database: Database, clock: Clock, client: Client, task_queue: str, stray: Stray
) -> Literal["started", "running"]:
    with database.read() as connection:
        tick = latest(connection, stray.instance_id)
    assert tick is not None, "an instance with ticks has a latest one"
    state: dict[str, Any] = json.loads(tick.state)
    start = JourneyStart(
        at=clock.now(), state=state, results=json.loads(tick.results), revived=True, pace=clock.factor
    )
    try:
        await client.start_workflow(
            JOURNEY,
            args=[PinnedPlan(stray.version), start],
            id=stray.instance_id,
            task_queue=task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            memo={PLAN_MEMO: stray.version},
        )
    except WorkflowAlreadyStartedError:
        return "running"
    _send_again(database, stray.instance_id, after=state["seen"])
    return "started"


def _send_again(database: Database, instance_id: str, after: int) -> None:
    with database.begin() as connection:
        connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.instance_id == instance_id, OUTBOX.c.seq > after, OUTBOX.c.status == "done")
            .values(status="pending", leased_until=0, not_before=0)
        )


def _should_run(database: Database) -> Iterator[Any]:
    """Instances that have been started, by the outbox, and have not closed."""
    last = ""
    while True:
        with database.read() as connection:
            rows = connection.execute(
                select(INSTANCE.c.id, INSTANCE.c.version, INSTANCE.c.tick)
                .join(OUTBOX, (OUTBOX.c.instance_id == INSTANCE.c.id) & (OUTBOX.c.seq == 1))
                .where(INSTANCE.c.status != "closed", OUTBOX.c.status == "done", INSTANCE.c.id > last)
                .order_by(INSTANCE.c.id)
                .limit(BATCH)
            ).all()
        if not rows:
            return
        yield from iter(rows)
        last = rows[-1].id


async def _runs(client: Client, instance_id: str) -> bool:
    try:
        described = await client.get_workflow_handle(instance_id).describe()
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            return False
        raise
    return described.status == WorkflowExecutionStatus.RUNNING


def _still_open(database: Database, instance_id: str) -> bool:
    """It may have closed since it was listed."""
    with database.read() as connection:
        status = connection.execute(select(INSTANCE.c.status).where(INSTANCE.c.id == instance_id)).scalar()
    return status != "closed"

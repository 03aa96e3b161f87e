"""What an outbox row says to its instance: how a journey starts, and what it is told on its way."""

from __future__ import annotations

import json
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from punchcard.contracts import Delivery, JourneyStart
from punchcard.domain.clock import Clock
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.outbox_lease import Leased
from punchcard.domain.ticks import latest
from punchcard.plan.events import Reversed

INSTANCE, OUTBOX = table(Instance), table(OutboxRow)
REVERSED = Reversed.__name__


def start_of(row: Leased, clock: Clock) -> JourneyStart:
    """Return how an instance begins that nobody has started before."""
    payload: dict[str, Any] = json.loads(row.payload)
    return JourneyStart(at=clock.now(), names=payload["names"], due=payload.get("due"), pace=clock.factor)


def batch_of(row: Leased) -> int | None:
    """Return the own occasion of the batch that closes as this instance begins; None for any other instance."""
    found: int | None = json.loads(row.payload).get("batch")
    return found


def take_over(
    connection: Connection, row: Leased, start: JourneyStart, now: int
) -> Literal["goes_on", "waits", "ended"]:
    """Let a start go on from the generation before it, once that has ended."""
    before = connection.execute(select(INSTANCE).where(INSTANCE.c.id == row.resumes)).one()
    if before.status != "closed":
        return "waits"
    if before.outcome != "reversed":
        connection.execute(
            update(INSTANCE)
            .where(INSTANCE.c.id == row.instance_id)
            .values(status="closed", outcome=before.outcome, closed_at=now)
        )
        return "ended"
    tick = latest(connection, before.id)
    state: dict[str, Any] = {} if tick is None else json.loads(tick.state)
    if tick is not None and state["visits"]:  # else it was ended before its first step: begin anew
        start.state = {**state, "tick": 0, "seen": row.seq}
        start.results = json.loads(tick.results)
        start.revived = True
        payload = json.loads(row.payload)
        start.lapse = payload.get("lapse", 0) + _not_taken_in(connection, before, tick)
        start.ends = payload.get("ends", {})
        start.order = payload.get("order", {})
    return "goes_on"


def _not_taken_in(connection: Connection, before: Any, tick: Any) -> int:
    """Return the lapse that the generation before was to begin with, where a pause kept it from beginning at all."""
    if before.resumes is None or tick.number > 1 or json.loads(tick.event)["kind"] != REVERSED:
        return 0
    payload = connection.execute(
        select(OUTBOX.c.payload).where(OUTBOX.c.instance_id == before.id, OUTBOX.c.kind == "start")
    ).scalar_one()
    lapse: int = json.loads(payload).get("lapse", 0)
    return lapse


def delivery_of(row: Leased) -> Delivery:
    """Return what an instance under way is told."""
    payload = json.loads(row.payload)
    return Delivery(seq=row.seq, kind=row.kind, at=payload.get("at", row.created_at), payload=payload)

"""What an outbox row says to its instance: how a journey starts, and what it is told on its way."""

from __future__ import annotations

import json
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from punchcard.contracts import Delivery, JourneyStart
from punchcard.domain.clock import Clock
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.outbox_lease import Leased
from punchcard.domain.ticks import latest

INSTANCE = table(Instance)


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
        start.lapse, start.ends = payload.get("lapse", 0), payload.get("ends", {})
        start.order = payload.get("order", {})
    return "goes_on"


def delivery_of(row: Leased) -> Delivery:
    """Return what an instance under way is told."""
    payload = json.loads(row.payload)
    return Delivery(seq=row.seq, kind=row.kind, at=payload.get("at", row.created_at), payload=payload)

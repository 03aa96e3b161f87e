"""Digests: a customer's occasions join one batch, which is the occasion that starts an instance once it closes."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from punchcard.domain.batches import latest_batch, open_batch, own_occasion, standing_members
from punchcard.domain.clock import read_clock
from punchcard.domain.customers import Customer
from punchcard.domain.database import table
from punchcard.domain.outbox import Telling
from punchcard.domain.prepared import Prepared
from punchcard.plan.calendar import closing
from punchcard.router.turns import Cause, Turn

CUSTOMER = table(Customer)
PREFIX = "batch-"

_ZONE = Prepared(select(CUSTOMER.c.timezone).where(CUSTOMER.c.id == bindparam("whose")))


def batch_turn(turn: Turn, number: int) -> Turn:
    """Return the turn of the batch that an occasion joins: an occasion of its own, caused by its first member."""
    cause = Cause(None, turn.cause.occurred_at, names={"batch": {}})
    return replace(turn, identity=f"{PREFIX}{number}", cause=cause)


def joined(connection: Connection, turn: Turn) -> tuple[int | None, int]:
    """Return the open batch that an occasion joins, or None, and the number of the batch that it would open."""
    counting = turn.counting
    latest = latest_batch(connection, counting.campaign, counting.epoch, turn.customer_id)
    if latest is None:
        return None, 1
    return (None, latest.number + 1) if latest.closed_at is not None else (latest.id, latest.number)


def opened(
    connection: Connection, turn: Turn, number: int, occasion_id: int, start: Telling, now: int
) -> tuple[int, Telling]:
    """Open a batch whose own occasion this is; return its id, and its instance's start, which waits for the close."""
    counting, digest = turn.counting, turn.counting.plan.digest
    assert digest is not None, "only digests open batches"
    zone = _ZONE(connection, {"whose": turn.customer_id}).scalar() or counting.plan.timezone
    at = closing(digest, now, zone)
    batch_id = open_batch(
        connection, counting.campaign, counting.epoch, turn.customer_id, number, occasion_id, at
    )
    payload = {**start.payload, "due": at, "batch": occasion_id}
    return batch_id, replace(start, payload=payload, not_before=read_clock(connection).wall_at(at))


def batch_falls(connection: Connection, batch_id: int) -> str | None:
    """Return the identity of a batch that falls with its last member; None while one stands."""
    own = own_occasion(connection, batch_id)
    if own.status != "standing" or standing_members(connection, batch_id):
        return None
    return str(own.identity)


def batch_rises(connection: Connection, batch_id: int) -> str | None:
    """Return the identity of a batch that stands again with one of its members; None if it stands already."""
    own = own_occasion(connection, batch_id)
    return str(own.identity) if own.status == "reversed" else None

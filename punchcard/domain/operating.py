"""What operators do to instances: told through the outbox, and written into the log of deeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, select, update

from punchcard.domain import audit
from punchcard.domain.campaigns import Campaign
from punchcard.domain.database import table
from punchcard.domain.instances import Incident, Instance
from punchcard.domain.outbox import OutboxRow, tell
from punchcard.domain.refusals import InstanceClosed, InstanceUnknown, NothingToRetry, NothingToSkip
from punchcard.domain.ticks import latest
from punchcard.plan.state import from_data

# What a token does that an operator may let go on.
SKIPPABLE = ("waiting", "deferred", "parked")

INSTANCE, INCIDENT, CAMPAIGN = table(Instance), table(Incident), table(Campaign)
OUTBOX = table(OutboxRow)


_REVERSED = select(INSTANCE.c.created_at, INSTANCE.c.resumes, OUTBOX.c.created_at.label("reversed_at")).join(
    OUTBOX, and_(OUTBOX.c.instance_id == INSTANCE.c.id, OUTBOX.c.kind == "reverse")
)


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants it, when, and why; `path` names the step where only one is meant."""

    actor: str
    now: int
    reason: str | None = None
    path: str | None = None


def cancel(connection: Connection, id_: str, order: Order) -> None:
    """End an instance where it is: what was given stays given. InstanceClosed if it has ended."""
    _open(connection, id_)
    _command(connection, id_, "cancel", order)


def retry(connection: Connection, id_: str, order: Order) -> None:
    """Let the parked steps of an instance, or the one at `path`, try again; NothingToRetry if none is parked."""
    _open(connection, id_)
    if not _incidents(connection, id_, order.path):
        raise NothingToRetry(_at("No open incident", id_, order), remedy="It goes on by itself.")
    _command(connection, id_, "retry", order)


def skip(connection: Connection, id_: str, order: Order) -> None:
    """Go past what an instance is parked at or waits for; NothingToSkip if it neither waits nor is parked."""
    _open(connection, id_)
    if not _may_be_skipped(connection, id_, order.path):
        raise NothingToSkip(_at("No waiting step and no open incident", id_, order))
    _command(connection, id_, "skip", order)


def pause(connection: Connection, id_: str, order: Order) -> None:
    """Keep an instance where it is until it is resumed; what is under way ends first. Pausing twice is pausing once."""
    _open(connection, id_)
    paused = connection.execute(
        update(INSTANCE)
        .where(INSTANCE.c.id == id_, INSTANCE.c.paused_at.is_(None))
        .values(paused_at=order.now, updated_at=order.now)
        .returning(INSTANCE.c.id)
    ).first()
    if paused is not None:
        audit.log(connection, order.actor, "instance.pause", id_, order.now, reason=order.reason)


def resume(connection: Connection, id_: str, order: Order) -> None:
    """Let a paused instance go on; one that is not paused is left alone.

    While its campaign is paused it stays where it is, and what it missed before that pause is told to it.
    """
    row = _open(connection, id_)
    if row.paused_at is None:
        return
    campaign_paused_at = connection.execute(
        select(CAMPAIGN.c.paused_at).where(CAMPAIGN.c.name == row.campaign)
    ).scalar()
    connection.execute(
        update(INSTANCE).where(INSTANCE.c.id == id_).values(paused_at=None, updated_at=order.now)
    )
    until = order.now if campaign_paused_at is None else min(campaign_paused_at, order.now)
    _command(connection, id_, "resume", order, paused=kept(connection, row, row.paused_at, until))


Deed = Literal["cancel", "pause", "resume", "retry", "skip"]
DEEDS: Mapping[Deed, Callable[[Connection, str, Order], None]] = MappingProxyType(
    {"cancel": cancel, "pause": pause, "resume": resume, "retry": retry, "skip": skip}
)


def kept(connection: Connection, instance: Any, since: int, until: int) -> int:
    """Return for how long a pause has kept an instance, and the generations that it goes on from.

    While its occasion did not stand there was nothing to keep: that time does not count anyway.
    """
    found: int = max(0, until - max(since, instance.created_at))
    before = instance.resumes
    while before is not None:
        row = connection.execute(_REVERSED.where(INSTANCE.c.id == before)).first()
        if row is None or row.reversed_at <= since:
            break
        found += max(0, row.reversed_at - max(since, row.created_at))
        before = row.resumes
    return found


def _open(connection: Connection, id_: str) -> Row[tuple[object, ...]]:
    row = connection.execute(select(INSTANCE).where(INSTANCE.c.id == id_).with_for_update()).first()
    if row is None:
        raise InstanceUnknown(f"There is no instance {id_}.", remedy="Search the list of instances for it.")
    if row.status == "closed":
        raise InstanceClosed(f"{id_} has ended: {row.outcome}.", remedy="What has ended cannot be changed.")
    return row


def _incidents(connection: Connection, id_: str, path: str | None) -> bool:
    found = select(INCIDENT.c.id).where(INCIDENT.c.instance_id == id_, INCIDENT.c.closed_at.is_(None))
    if path is not None:
        found = found.where(INCIDENT.c.path == path)
    return connection.execute(found.limit(1)).first() is not None


def _may_be_skipped(connection: Connection, id_: str, path: str | None) -> bool:
    """Whether the instance waits or is parked (at this step): it may stand at several, as its latest tick says."""
    tick = latest(connection, id_)
    if tick is None:
        return False
    state = from_data(json.loads(tick.state))
    return any(token.phase in SKIPPABLE and path in (None, token.path) for token in state.tokens)


def _command(connection: Connection, id_: str, name: str, order: Order, *, paused: int | None = None) -> None:
    wanted = {
        "name": name,
        "actor": order.actor,
        "path": order.path,
        "reason": order.reason,
        "paused": paused,
    }
    payload = {key: value for key, value in wanted.items() if value is not None}
    tell(connection, id_, "command", payload, order.now)
    audit.log(
        connection, order.actor, f"instance.{name}", id_, order.now, path=order.path, reason=order.reason
    )


def _at(what: str, id_: str, order: Order) -> str:
    return f"{what} at {order.path} of {id_}." if order.path else f"{what} in {id_}."

"""Pausing a whole campaign, and letting it go on: its instances stay where they are and nobody is ejected."""

from __future__ import annotations

import json

from sqlalchemy import Connection, Row, select, update

from punchcard.domain import audit
from punchcard.domain.campaigns import Campaign, Version
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.operating import Order, kept
from punchcard.domain.outbox import Telling, tell_all
from punchcard.domain.refusals import CampaignEnded, CampaignUnknown

CAMPAIGN, VERSION, INSTANCE = table(Campaign), table(Version), table(Instance)


def pause_campaign(connection: Connection, name: str, order: Order) -> None:
    """Keep every instance of a campaign where it is; customers go on earning. Pausing twice is pausing once."""
    row = _running(connection, name)
    if row.status == "paused":
        return
    connection.execute(
        update(CAMPAIGN).where(CAMPAIGN.c.name == name).values(status="paused", paused_at=order.now)
    )
    audit.log(connection, order.actor, "campaign.pause", name, order.now, reason=order.reason)


def resume_campaign(connection: Connection, name: str, order: Order) -> int:
    """Let a paused campaign go on, and return how many instances were told; one that is not paused is left alone.

    Told are the instances that the pause has kept from a step, and where the version says `on_resume: shift`
    every open one, since its deadlines move. Those that are paused by themselves stay so, and are told of
    this pause when they are resumed.
    """
    _hold_instances(connection, name)
    row = _running(connection, name)
    if row.status != "paused":
        return 0
    connection.execute(
        update(CAMPAIGN).where(CAMPAIGN.c.name == name).values(status="active", paused_at=None)
    )
    connection.execute(
        update(INSTANCE)
        .where(
            INSTANCE.c.campaign == name, INSTANCE.c.status != "closed", INSTANCE.c.paused_at > row.paused_at
        )
        .values(paused_at=row.paused_at)
    )
    tellings = [_resumption(connection, each, row.paused_at, order) for each in _to_tell(connection, name)]
    tell_all(connection, tellings, order.now)
    audit.log(
        connection, order.actor, "campaign.resume", name, order.now, reason=order.reason, told=len(tellings)
    )
    return len(tellings)


def _running(connection: Connection, name: str) -> Row[tuple[object, ...]]:
    row = connection.execute(select(CAMPAIGN).where(CAMPAIGN.c.name == name).with_for_update()).first()
    if row is None:
        raise CampaignUnknown(f"There is no campaign {name}.", remedy="Publish it first.")
    if row.status == "ended":
        raise CampaignEnded(f"{name} has ended.", remedy="Publish a version of it to go on.")
    return row


def _hold_instances(connection: Connection, name: str) -> None:
    """Lock the open instances before their campaign, as a tick does: in the other order the two could deadlock."""
    still_open = select(INSTANCE.c.id).where(INSTANCE.c.campaign == name, INSTANCE.c.status != "closed")
    connection.execute(still_open.order_by(INSTANCE.c.id).with_for_update())


def _to_tell(connection: Connection, name: str) -> list[Row[tuple[object, ...]]]:
    plans = connection.execute(select(VERSION.c.hash, VERSION.c.plan).where(VERSION.c.campaign == name))
    shifting = [row.hash for row in plans if json.loads(row.plan).get("on_resume") == "shift"]
    kept_back = INSTANCE.c.held | INSTANCE.c.version.in_(shifting)
    return list(
        connection.execute(
            select(INSTANCE.c.id, INSTANCE.c.created_at, INSTANCE.c.resumes)
            .where(
                INSTANCE.c.campaign == name,
                INSTANCE.c.status != "closed",
                INSTANCE.c.paused_at.is_(None),
                kept_back,
            )
            .order_by(INSTANCE.c.id)
        )
    )


def _resumption(
    connection: Connection, row: Row[tuple[object, ...]], paused_at: int, order: Order
) -> Telling:
    """What is told to one instance: how long it was kept, which is less if it began during the pause."""
    paused = kept(connection, row, paused_at, order.now)
    return Telling(row.id, "command", {"name": "resume", "actor": order.actor, "paused": paused})

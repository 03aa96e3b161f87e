"""Publishing: a compiled campaign becomes an immutable version, and its counting begins or goes on.

Changing what is counted opens a new epoch, which carries the remainder over. Everything happens in one
transaction that no ingestion overlaps, so that no order is counted twice or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from punchcard.domain.budgets import take_stock
from punchcard.domain.campaigns import Campaign, Catalogue, Epoch, Version
from punchcard.domain.database import dump, table, upsert
from punchcard.domain.events import Event
from punchcard.plan.calendar import instant
from punchcard.plan.codec import plan_hash, plan_json, read_plan
from punchcard.plan.epochs import carries, counts_otherwise
from punchcard.plan.model import Plan
from punchcard.plan.triggers import ManualTrigger
from punchcard.router.backfill import backfill, carry_over
from punchcard.router.counting import Counting, counting
from punchcard.router.match import counts_orders
from punchcard.router.sweep import begin_search, look_afresh, look_last, remembers

CAMPAIGN, CATALOGUE, EPOCH, VERSION = table(Campaign), table(Catalogue), table(Epoch), table(Version)
EVENT = table(Event)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: `changed` is false where this very version was current already."""

    campaign: str
    version: str
    number: int
    epoch: int
    changed: bool
    new_epoch: bool


def publish(
    connection: Connection, plan: Plan, source: str, files: Mapping[str, str], actor: str, now: int
) -> Published:
    """Make the plan the campaign's current version; running instances keep theirs.

    `source` and `files` are the texts that the plan was compiled from, kept beside it.
    """
    _lock_catalogue(connection)
    text = plan_json(plan)
    name = plan_hash(text)
    known = connection.execute(select(CAMPAIGN).where(CAMPAIGN.c.name == plan.campaign)).first()
    if known is not None and known.version == name:
        return Published(plan.campaign, name, known.number, known.epoch, changed=False, new_epoch=False)
    number = _store(connection, plan, name, text, source, files, actor, now, known)
    if known is None:
        epoch = _open_epoch(connection, plan, name, 1, _starts(plan) or now)
        connection.execute(
            insert(CAMPAIGN).values(
                name=plan.campaign, status="active", version=name, number=number, epoch=1, created_at=now
            )
        )
        if counts_orders(plan):
            backfill(connection, epoch, now)
        _begin_to_look(connection, epoch, now)
        new_epoch = True
    else:
        new_epoch = _republish(connection, plan, name, number, known, now)
    take_stock(connection, plan.campaign, now)
    connection.execute(update(CATALOGUE).values(generation=CATALOGUE.c.generation + 1))
    epoch_number = 1 if known is None else known.epoch + int(new_epoch)
    return Published(plan.campaign, name, number, epoch_number, changed=True, new_epoch=new_epoch)


def _lock_catalogue(connection: Connection) -> None:
    """Wait for every ingestion under way, and keep others waiting until this transaction ends."""
    connection.execute(upsert(connection, CATALOGUE).values(id=1, generation=0).on_conflict_do_nothing())
    connection.execute(select(CATALOGUE.c.generation).with_for_update())


def _store(
    connection: Connection,
    plan: Plan,
    name: str,
    text: str,
    source: str,
    files: Mapping[str, str],
    actor: str,
    now: int,
    known: Row[Any] | None,
) -> int:
    """Store the version, unless it was published before; return its number."""
    earlier: int | None = connection.execute(select(VERSION.c.number).where(VERSION.c.hash == name)).scalar()
    if earlier is not None:
        return earlier
    latest = (
        select(VERSION.c.number)
        .where(VERSION.c.campaign == plan.campaign)
        .order_by(VERSION.c.number.desc())
        .limit(1)
    )
    number = (connection.execute(latest).scalar() or 0) + 1
    connection.execute(
        insert(VERSION).values(
            hash=name,
            campaign=plan.campaign,
            number=number,
            epoch=1 if known is None else known.epoch,
            plan=text,
            source=source,
            files=dump(dict(files)),
            published_at=now,
            published_by=actor,
        )
    )
    return number


def _republish(connection: Connection, plan: Plan, name: str, number: int, known: Row[Any], now: int) -> bool:
    """Change a campaign's version; return whether its way of counting changed with it."""
    old = _epoch(connection, known)
    boundary = _boundary(connection, plan, now)
    values: dict[str, Any] = {"version": name, "number": number}
    changed = counts_otherwise(old.plan, plan, boundary)
    if changed:
        if remembers(old.plan):
            look_last(connection, old, now)
        connection.execute(
            update(EPOCH)
            .where(EPOCH.c.campaign == plan.campaign, EPOCH.c.epoch == known.epoch)
            .values(until=boundary, version=known.version)
        )
        values["epoch"] = known.epoch + 1
        since = max(boundary, _starts(plan) or boundary)
        new = _open_epoch(connection, plan, name, known.epoch + 1, since, carried=carries(old.plan, plan))
        if counts_orders(plan):
            backfill(connection, new, now)
        if new.carried:
            carry_over(connection, old, new)
        _begin_to_look(connection, new, now)
        connection.execute(update(VERSION).where(VERSION.c.hash == name).values(epoch=known.epoch + 1))
    if known.status == "ended":
        values["status"] = "active"
        if not changed:
            look_afresh(connection, old, now)
    connection.execute(update(CAMPAIGN).where(CAMPAIGN.c.name == plan.campaign).values(**values))
    return changed


def _begin_to_look(connection: Connection, epoch: Counting, now: int) -> None:
    """Let a search that remembers what it has seen begin with the epoch, unless that lies ahead."""
    if remembers(epoch.plan) and epoch.counts_from <= now:
        begin_search(connection, epoch)


def _boundary(connection: Connection, plan: Plan, now: int) -> int:
    """The instant that parts two epochs: now, or after what was accepted with a clock that runs a little ahead."""
    if isinstance(plan.trigger, ManualTrigger):
        return now
    ahead = connection.execute(
        select(func.max(EVENT.c.occurred_at)).where(EVENT.c.occurred_at >= now)
    ).scalar()
    return now if ahead is None else int(ahead) + 1


def _epoch(connection: Connection, known: Row[Any]) -> Counting:
    row = connection.execute(
        select(EPOCH).where(EPOCH.c.campaign == known.name, EPOCH.c.epoch == known.epoch)
    ).one()
    text = connection.execute(select(VERSION.c.plan).where(VERSION.c.hash == known.version)).scalar_one()
    return counting(row.campaign, known.version, row.epoch, row.counts_from, read_plan(text))


def _open_epoch(
    connection: Connection, plan: Plan, version: str, epoch: int, counts_from: int, *, carried: bool = False
) -> Counting:
    connection.execute(
        insert(EPOCH).values(campaign=plan.campaign, epoch=epoch, version=version, counts_from=counts_from)
    )
    return counting(plan.campaign, version, epoch, counts_from, plan, carried=carried)


def _starts(plan: Plan) -> int | None:
    """The instant at which the campaign's first day begins, where it names one."""
    return None if plan.starts is None else instant(date.fromisoformat(plan.starts), 0, plan.timezone)

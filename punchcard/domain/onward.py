"""Campaigns that campaigns start: what each step asked for, granted once, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, UniqueConstraint, bindparam, exists, select, update
from sqlmodel import Field, SQLModel

from punchcard.domain.customers import known_as
from punchcard.domain.database import big, identity, table
from punchcard.domain.generations import current_generation
from punchcard.domain.instances import Instance
from punchcard.domain.outbox import tell
from punchcard.domain.prepared import Prepared

# A campaign that starts itself, by whatever detour, ends here.
LONGEST_CHAIN = 5


class CampaignStart(SQLModel, table=True):
    """One campaign that a step and visit of an occasion starts for the same customer.

    `inputs` is JSON, as a request would bring them; it is erased with the customer. `depth` counts the campaigns
    that led to it. `started_occasion_id` is what came of it. `name` is by what the step knows it that waits for its
    end, if one does.
    """

    __tablename__ = "campaign_start"
    __table_args__ = (UniqueConstraint("occasion_id", "key"),)

    id: int | None = identity()
    occasion_id: int = Field(foreign_key="occasion.id", sa_type=BigInteger)
    customer_id: int = big(index=True)
    key: str
    campaign: str
    inputs: str
    depth: int
    name: str | None = None
    started_occasion_id: int | None = big(nullable=True, index=True)


START, INSTANCE = table(CampaignStart), table(Instance)

_WAITS = Prepared(
    select(START.c.occasion_id, START.c.key, START.c.name).where(
        START.c.started_occasion_id == bindparam("ended"), START.c.name.is_not(None)
    )
)


@dataclass(frozen=True, slots=True)
class Granted:
    """A start that was granted: of which campaign, for which customer by an integrator's id, with what inputs."""

    id: int
    occasion_id: int
    key: str
    campaign: str
    customer: str
    inputs: str
    by: str


def granted_start(connection: Connection, instance_id: str, key: str) -> Granted:
    """Return what was granted to an instance under this key."""
    row = connection.execute(
        select(START, known_as(START.c.customer_id).label("customer"), INSTANCE.c.campaign.label("by"))
        .join(INSTANCE, INSTANCE.c.occasion_id == START.c.occasion_id)
        .where(INSTANCE.c.id == instance_id, START.c.key == key)
    ).one()
    return Granted(row.id, row.occasion_id, row.key, row.campaign, row.customer, row.inputs, row.by)


def note_start(connection: Connection, id_: int, occasion_id: int) -> None:
    """Record the occasion that came of a start."""
    connection.execute(update(START).where(START.c.id == id_).values(started_occasion_id=occasion_id))


def tell_who_waits(connection: Connection, occasion_id: int, outcome: str, now: int) -> None:
    """Tell the instance that waits for the end of what it started, in the transaction of that end."""
    for row in _WAITS(connection, {"ended": occasion_id}):
        data = {"key": row.key, "outcome": outcome}
        payload = {"name": f"{row.name}.ended", "data": data, "at": now}
        tell(connection, current_generation(connection, row.occasion_id), "deliver", payload, now)


def ended_of(connection: Connection, occasion_id: int) -> Sequence[Any]:
    """Return what an occasion has started and has ended: the name and key of each start, its outcome and when."""
    later = INSTANCE.alias("later")
    newer = exists().where(
        later.c.occasion_id == INSTANCE.c.occasion_id, later.c.generation > INSTANCE.c.generation
    )
    return connection.execute(
        select(START.c.name, START.c.key, INSTANCE.c.outcome, INSTANCE.c.closed_at)
        .join(INSTANCE, INSTANCE.c.occasion_id == START.c.started_occasion_id)
        .where(
            START.c.occasion_id == occasion_id,
            START.c.name.is_not(None),
            INSTANCE.c.status == "closed",
            ~newer,
        )
        .order_by(START.c.id)
    ).all()


def depth_of(connection: Connection, occasion_id: int) -> int:
    """Return how many campaigns led to an occasion; 0 if no campaign started it."""
    found: Any = connection.execute(
        select(START.c.depth).where(START.c.started_occasion_id == occasion_id)
    ).scalar()
    return int(found or 0)

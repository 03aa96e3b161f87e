"""Campaigns that campaigns start: what each step asked for, granted once, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, UniqueConstraint, select, update
from sqlmodel import Field, SQLModel

from punchcard.domain.customers import known_as
from punchcard.domain.database import big, identity, table
from punchcard.domain.instances import Instance

# A campaign that starts itself, by whatever detour, ends here.
LONGEST_CHAIN = 5


class CampaignStart(SQLModel, table=True):
    """One campaign that a step and visit of an occasion starts for the same customer.

    `inputs` is JSON, as a request would bring them; it is erased with the customer. `depth` counts the campaigns
    that led to it. `started_occasion_id` is what came of it.
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
    started_occasion_id: int | None = big(nullable=True, index=True)


START, INSTANCE = table(CampaignStart), table(Instance)


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


def depth_of(connection: Connection, occasion_id: int) -> int:
    """Return how many campaigns led to an occasion; 0 if no campaign started it."""
    found: Any = connection.execute(
        select(START.c.depth).where(START.c.started_occasion_id == occasion_id)
    ).scalar()
    return int(found or 0)

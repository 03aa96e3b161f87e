"""One customer: what is known of them, how far they are in each campaign, what they earned and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, select

from punchcard.domain.campaigns import Campaign, Version
from punchcard.domain.customers import ALIAS, CUSTOMER
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.occasions import Occasion, Progress
from punchcard.domain.pages import Page, after, page
from punchcard.domain.refusals import CustomerUnknown
from punchcard.domain.tags import tags_of
from punchcard.domain.unsubscribing import Word, consents
from punchcard.plan.codec import read_plan
from punchcard.plan.dispositions import Disposition
from punchcard.plan.model import Plan
from punchcard.plan.triggers import ItemsTrigger, OrderTrigger, SpendTrigger, Trigger, VisitsTrigger

PROGRESS, OCCASION, INSTANCE = table(Progress), table(Occasion), table(Instance)
CAMPAIGN, VERSION = table(Campaign), table(Version)


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """How far a customer is in a campaign that counts.

    `measure` and `missing`, what is still to come until the next occasion, are in minor units of `currency`, or
    numbers of orders (of periods in a row, for visits) where that is None. Of a window and a row it is what counted
    at the last order. `missing` is None where there is no next one.
    """

    campaign: str
    epoch: int
    currency: str | None
    measure: int
    missing: int | None
    standing: int


@dataclass(frozen=True, slots=True)
class OccasionLine:
    """Something that a customer earned; `disposition` says whether it started an instance, or why it did not.

    `decided` is what the trigger's filter and the audience saw, where they looked at the customer.
    """

    id: int
    campaign: str
    epoch: int
    identity: str
    status: Literal["standing", "reversed"]
    disposition: Disposition
    instance_id: str | None
    occurred_at: int
    recorded_at: int
    changed_at: int
    version: str
    decided: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class CustomerStory:
    """What is known of one customer; after an erasure the person's own data are None."""

    id: int
    external_ids: tuple[str, ...]
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    language: str | None
    timezone: str | None
    birthday: str | None
    attributes: dict[str, Any]
    tags: tuple[str, ...]
    created_at: int
    erased_at: int | None
    consents: tuple[Word, ...]
    progress: tuple[ProgressLine, ...]


def customer_id(connection: Connection, external_id: str) -> int:
    """Return the customer that an integrator's system knows by this id; CustomerUnknown if there is none."""
    found = connection.execute(select(ALIAS.c.customer_id).where(ALIAS.c.external_id == external_id)).scalar()
    if found is None:
        raise CustomerUnknown(
            f"No customer is known as {external_id}.", remedy="Post a profile or an order of theirs first."
        )
    return int(found)


def tell_customer(connection: Connection, external_id: str) -> CustomerStory:
    """Return what is known of a customer; CustomerUnknown if nobody is known by this id."""
    id_ = customer_id(connection, external_id)
    row = connection.execute(select(CUSTOMER).where(CUSTOMER.c.id == id_)).one()
    names = select(ALIAS.c.external_id).where(ALIAS.c.customer_id == id_).order_by(ALIAS.c.external_id)
    return CustomerStory(
        id=id_,
        external_ids=tuple(connection.execute(names).scalars()),
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        timezone=row.timezone,
        birthday=row.birthday,
        attributes=json.loads(row.attributes),
        tags=tags_of(connection, id_),
        created_at=row.created_at,
        erased_at=row.erased_at,
        consents=consents(connection, id_),
        progress=_progress(connection, id_),
    )


def find_occasions(
    connection: Connection,
    customer: str,
    *,
    campaign: str | None = None,
    disposition: Disposition | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[OccasionLine]:
    """Return what a customer earned, the latest first; CustomerUnknown if nobody is known by this id."""
    latest = and_(INSTANCE.c.occasion_id == OCCASION.c.id, INSTANCE.c.generation == OCCASION.c.generation)
    statement = (
        select(OCCASION, INSTANCE.c.id.label("instance_id"))
        .outerjoin(INSTANCE, latest)
        .where(OCCASION.c.customer_id == customer_id(connection, customer))
    )
    if campaign is not None:
        statement = statement.where(OCCASION.c.campaign == campaign)
    if disposition is not None:
        statement = statement.where(OCCASION.c.disposition == disposition)
    rows = connection.execute(after(statement, (OCCASION.c.id,), cursor, limit)).all()
    return page(rows, limit, _occasion, ("id",))


def _progress(connection: Connection, id_: int) -> tuple[ProgressLine, ...]:
    """Only the epoch in which each campaign counts now."""
    rows = connection.execute(
        select(PROGRESS, VERSION.c.plan)
        .join(CAMPAIGN, and_(CAMPAIGN.c.name == PROGRESS.c.campaign, CAMPAIGN.c.epoch == PROGRESS.c.epoch))
        .join(VERSION, VERSION.c.hash == CAMPAIGN.c.version)
        .where(PROGRESS.c.customer_id == id_)
        .order_by(PROGRESS.c.campaign)
    )
    return tuple(_progress_line(row, read_plan(row.plan)) for row in rows)


def _progress_line(row: Row[Any], plan: Plan) -> ProgressLine:
    return ProgressLine(
        campaign=row.campaign,
        epoch=row.epoch,
        currency=plan.currency if isinstance(plan.trigger, SpendTrigger) else None,
        measure=row.measure,
        missing=_missing(plan.trigger, row.measure),
        standing=row.standing,
    )


def _missing(trigger: Trigger, measure: int) -> int | None:
    match trigger:
        case SpendTrigger(every=every) | OrderTrigger(every=every) if every is not None:
            return every - measure % every
        case ItemsTrigger(every=every):
            return every - measure % every
        case VisitsTrigger(consecutive=wanted):
            return wanted - measure
        case SpendTrigger(reaches=reaches) if reaches is not None and measure < reaches:
            return reaches - measure
        case _:
            return None


def _occasion(row: Row[Any]) -> OccasionLine:
    return OccasionLine(
        id=row.id,
        campaign=row.campaign,
        epoch=row.epoch,
        identity=row.identity,
        status=row.status,
        disposition=row.disposition,
        instance_id=row.instance_id,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        changed_at=row.changed_at,
        version=row.version,
        decided=None if row.decided is None else json.loads(row.decided),
    )

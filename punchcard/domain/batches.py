"""Batches: what a digest joins, a customer's occasions until the batch closes."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, UniqueConstraint, func, insert, select, update
from sqlmodel import SQLModel

from punchcard.domain.database import big, dump, identity, table
from punchcard.domain.occasions import Occasion


class Batch(SQLModel, table=True):
    """One batch of a customer; `occasion_id` is its own occasion, which starts the instance once it closes."""

    __tablename__ = "batch"
    __table_args__ = (UniqueConstraint("campaign", "epoch", "customer_id", "number"),)

    id: int | None = identity()
    campaign: str
    epoch: int
    customer_id: int = big()
    number: int
    occasion_id: int = big(index=True)
    closes_at: int = big()
    closed_at: int | None = big(nullable=True)


# What a message can list.
MOST_ITEMS = 100

BATCH, OCCASION = table(Batch), table(Occasion)


def latest_batch(connection: Connection, campaign: str, epoch: int, customer_id: int) -> Any | None:
    """Return the customer's latest batch of a campaign, held until the transaction ends; None before the first."""
    return connection.execute(
        select(BATCH)
        .where(BATCH.c.campaign == campaign, BATCH.c.epoch == epoch, BATCH.c.customer_id == customer_id)
        .order_by(BATCH.c.number.desc())
        .limit(1)
        .with_for_update()
    ).first()


def open_batch(
    connection: Connection,
    campaign: str,
    epoch: int,
    customer_id: int,
    number: int,
    occasion_id: int,
    closes_at: int,
) -> int:
    """Open a batch, and return its id."""
    values = {
        "campaign": campaign,
        "epoch": epoch,
        "customer_id": customer_id,
        "number": number,
        "occasion_id": occasion_id,
        "closes_at": closes_at,
    }
    found: int = connection.execute(insert(BATCH).values(values).returning(BATCH.c.id)).scalar_one()
    return found


def own_occasion(connection: Connection, batch_id: int) -> Any:
    """Return the occasion that a batch is, held until the transaction ends."""
    own = select(BATCH.c.occasion_id).where(BATCH.c.id == batch_id).scalar_subquery()
    return connection.execute(select(OCCASION).where(OCCASION.c.id == own).with_for_update()).one()


def standing_members(connection: Connection, batch_id: int) -> int:
    """Return how many occasions of a batch stand."""
    statement = select(func.count()).where(OCCASION.c.batch_id == batch_id, OCCASION.c.status == "standing")
    return int(connection.execute(statement).scalar_one())


def close_batch(connection: Connection, occasion_id: int, now: int) -> dict[str, Any]:
    """Close the batch of which this is the own occasion, and return its `batch` name: `count`, and `amount` of orders.

    What its members were, of very many the first, is kept with the occasion as `batch.items`, for messages. Closing
    it again counts again what stands, and opens nothing.
    """
    connection.execute(
        update(BATCH)
        .where(BATCH.c.occasion_id == occasion_id, BATCH.c.closed_at.is_(None))
        .values(closed_at=now)
    )
    own = connection.execute(select(OCCASION.c.names).where(OCCASION.c.id == occasion_id)).one()
    members = connection.execute(
        select(OCCASION.c.names)
        .join(BATCH, BATCH.c.id == OCCASION.c.batch_id)
        .where(BATCH.c.occasion_id == occasion_id, OCCASION.c.status == "standing")
        .order_by(OCCASION.c.occurred_at, OCCASION.c.id)
    )
    found = [json.loads(names) for (names,) in members]
    items = [_item(names) for names in found]
    told: dict[str, Any] = {"count": len(items)}
    if found and all("order" in names for names in found):
        told["amount"] = sum(names["order"]["amount"] for names in found)
    names = {**json.loads(own.names), "batch": {**told, "items": items[:MOST_ITEMS]}}
    connection.execute(update(OCCASION).where(OCCASION.c.id == occasion_id).values(names=dump(names)))
    return told


def _item(names: dict[str, Any]) -> dict[str, Any]:
    """What a message may say of a member: the fields of its order, or of its event."""
    return {
        key: value for owner in ("order", "event", "inputs") for key, value in names.get(owner, {}).items()
    }

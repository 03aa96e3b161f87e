"""The books of one shop in a test: a database with campaigns published, events taken in, and what stands then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select

from punchcard.domain.campaigns import Catalogue
from punchcard.domain.clock import Clock
from punchcard.domain.customers import Alias
from punchcard.domain.database import Database, dump, table
from punchcard.domain.events import EventType
from punchcard.domain.instances import Instance
from punchcard.domain.occasions import Occasion, Progress
from punchcard.domain.orders import LedgerEntry, Order
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.schema import metadata
from punchcard.plan.model import Plan
from punchcard.router.ingest import Ingest, ItemResult
from punchcard.router.publishing import Published, publish
from tests.router.campaigns import NOW, PUBLISHED
from tests.support.tables import make_tables

SOURCE = "shop"
OCCASION, PROGRESS, ALIAS = table(Occasion), table(Progress), table(Alias)
ORDER, LEDGER, INSTANCE, OUTBOX = table(Order), table(LedgerEntry), table(Instance), table(OutboxRow)
EVENT_TYPE, CATALOGUE = table(EventType), table(Catalogue)


class Books:
    """A database whose clock stands still at `now`, unless a test moves it."""

    def __init__(self, database: Database, now: int = NOW) -> None:
        self.database = database
        make_tables(database)
        self.at(now)

    def at(self, now: int) -> None:
        """Let the clock stand at another instant."""
        self.now = now
        self.ingest = Ingest(self.database, Clock(business=now, factor=0))

    def clear(self) -> None:
        """Forget everything."""
        with self.database.begin() as connection:
            for each in reversed(metadata.sorted_tables):
                connection.execute(delete(each))
        self.at(self.now)

    def publish(self, *plans: Plan, at: int = PUBLISHED) -> list[Published]:
        """Publish campaigns, and register the one type of named events."""
        with self.database.begin() as connection:
            if connection.execute(select(func.count()).select_from(EVENT_TYPE)).scalar() == 0:
                schema = dump({"type": "object"})
                connection.execute(
                    insert(EVENT_TYPE).values(name="review", version=1, json_schema=schema, registered_at=at)
                )
            return [publish(connection, plan, "", {}, "test", at) for plan in plans]

    def take(self, *events: dict[str, Any], history: bool = False) -> list[ItemResult]:
        """Take a batch in."""
        return self.ingest(SOURCE, events, history=history)

    def rows(self, statement: Any) -> list[Any]:
        """Read."""
        with self.database.read() as connection:
            return list(connection.execute(statement).all())

    def standing(self) -> set[tuple[str, str, str]]:
        """Return (campaign, customer, identity) of every occasion that stands."""
        rows = self.rows(
            select(OCCASION.c.campaign, ALIAS.c.external_id, OCCASION.c.identity)
            .join(ALIAS, ALIAS.c.customer_id == OCCASION.c.customer_id)
            .where(OCCASION.c.status == "standing")
        )
        assert len(set(rows)) == len(rows), "an occasion stands twice"
        return {tuple(row) for row in rows}

    def named(self) -> dict[tuple[str, str, str], str]:
        """Return the order that each standing occasion names; its instance, if it runs, has been told the same."""
        rows = self.rows(
            select(OCCASION, ALIAS.c.external_id, ORDER.c.source, ORDER.c.external_id.label("its_order"))
            .join(ALIAS, ALIAS.c.customer_id == OCCASION.c.customer_id)
            .join(ORDER, ORDER.c.id == OCCASION.c.order_id)
            .where(OCCASION.c.status == "standing")
        )
        for row in rows:
            assert json.loads(row.names)["order"]["id"] == row.its_order
            assert self._told_order(row) in (None, row.its_order)
        return {
            (row.campaign, row.external_id, row.identity): f"{row.source}/{row.its_order}" for row in rows
        }

    def _told_order(self, occasion: Any) -> str | None:
        """Return the order that the occasion's latest instance was told of last; None if it has none."""
        told = [
            json.loads(row.payload)
            for row in self.rows(
                select(OUTBOX.c.payload)
                .join(INSTANCE, INSTANCE.c.id == OUTBOX.c.instance_id)
                .where(
                    INSTANCE.c.occasion_id == occasion.id,
                    INSTANCE.c.generation == occasion.generation,
                    OUTBOX.c.kind.in_(("start", "order")),
                )
                .order_by(OUTBOX.c.seq)
            )
        ]
        found: str | None = (told[-1].get("order") or told[-1]["names"]["order"])["id"] if told else None
        return found

    def progress(self) -> dict[tuple[str, str], tuple[int, int, int]]:
        """Return (measure, earlier, standing) of the latest epoch by (campaign, customer), where not all is 0."""
        rows = self.rows(
            select(PROGRESS, ALIAS.c.external_id)
            .join(ALIAS, ALIAS.c.customer_id == PROGRESS.c.customer_id)
            .order_by(PROGRESS.c.epoch)
        )
        return {
            (row.campaign, row.external_id): (row.measure, row.earlier, row.standing)
            for row in rows
            if row.measure or row.earlier or row.standing
        }

    def dispositions(self, campaign: str) -> dict[tuple[str, str], tuple[str, str]]:
        """Return (status, disposition) of a campaign's occasions by (customer, identity)."""
        rows = self.rows(
            select(OCCASION, ALIAS.c.external_id)
            .join(ALIAS, ALIAS.c.customer_id == OCCASION.c.customer_id)
            .where(OCCASION.c.campaign == campaign)
            .order_by(OCCASION.c.id)
        )
        return {(row.external_id, row.identity): (row.status, row.disposition) for row in rows}

    def told(self) -> list[tuple[str, int, str]]:
        """Return (instance, sequence number, kind) of everything that instances are told, in order."""
        return [
            (row.instance_id, row.seq, row.kind)
            for row in self.rows(select(OUTBOX).order_by(OUTBOX.c.instance_id, OUTBOX.c.seq))
        ]

    def check(self) -> None:
        """Assert what holds at any time: the ledger adds up, and every started occasion has its instances."""
        sums = dict(
            self.rows(select(LEDGER.c.order_id, func.sum(LEDGER.c.change)).group_by(LEDGER.c.order_id))
        )
        assert sums == {row.id: row.net for row in self.rows(select(ORDER.c.id, ORDER.c.net))}
        started = self.rows(select(OCCASION).where(OCCASION.c.disposition == "started"))
        instances = self.rows(select(INSTANCE.c.occasion_id, INSTANCE.c.generation, INSTANCE.c.last_seq))
        generations: dict[int, set[int]] = {}
        for row in instances:
            generations.setdefault(row.occasion_id, set()).add(row.generation)
        assert generations == {row.id: set(range(1, row.generation + 1)) for row in started}
        by_instance: dict[str, list[tuple[int, str]]] = {}
        for name, seq, kind in self.told():
            by_instance.setdefault(name, []).append((seq, kind))
        assert len(by_instance) == len(instances)
        for rows in by_instance.values():
            assert [seq for seq, _ in rows] == list(range(1, len(rows) + 1))
            assert [kind for _, kind in rows].count("start") == 1
            assert rows[0][1] == "start"


def order(
    id: str,
    customer: str = "ann",
    amount: str = "60.00",
    at: str = "2026-06-01T10:00:00+00:00",
    revision: int = 0,
    currency: str = "USD",
    status: str = "delivered",
    lines: Iterable[tuple[str, int, str]] = (),
    channel: str | None = None,
) -> dict[str, Any]:
    """Return an order as it is posted; lines are (id and SKU, quantity, amount)."""
    data = {
        "amount": {"amount": amount, "currency": currency},
        "status": status,
        "lines": [
            {
                "id": name,
                "sku": name,
                "quantity": quantity,
                "amount": {"amount": price, "currency": currency},
            }
            for name, quantity, price in lines
        ],
        "attributes": {} if channel is None else {"channel": channel},
    }
    return {
        "id": id,
        "type": "order",
        "customer": customer,
        "occurred_at": at,
        "revision": revision,
        "data": data,
    }


def refund(
    id: str,
    order: str,
    amount: str | None = None,
    lines: Iterable[tuple[str, int]] | None = None,
    currency: str = "USD",
    at: str = "2026-06-02T10:00:00+00:00",
) -> dict[str, Any]:
    """Return a refund as it is posted: of the whole order, an amount, or (line, quantity) pairs."""
    data: dict[str, Any] = {"order": order}
    if amount is not None:
        data["amount"] = {"amount": amount, "currency": currency}
    if lines is not None:
        data["lines"] = [{"id": name, "quantity": quantity} for name, quantity in lines]
    return {"id": id, "type": "refund", "occurred_at": at, "data": data}


def review(
    id: str, customer: str, product: str, rating: int = 5, at: str = "2026-06-01T10:00:00+00:00"
) -> dict[str, Any]:
    """Return a named event as it is posted."""
    return {
        "id": id,
        "type": "review",
        "customer": customer,
        "occurred_at": at,
        "data": {"product": product, "rating": rating},
    }

"""Counting what came before: the orders that an epoch finds when it opens, and what it takes over from the last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, insert, select

from punchcard.domain.database import dump, table, upsert
from punchcard.domain.occasions import Occasion, Progress
from punchcard.domain.orders import Order
from punchcard.router.counting import Counting, carried_over
from punchcard.router.folding import fold, folds
from punchcard.router.match import share, standing
from punchcard.router.purchase import Purchase, order_names

PROGRESS, OCCASION, ORDER = table(Progress), table(Occasion), table(Order)
BATCH = 2000


def backfill(connection: Connection, counting: Counting, now: int) -> None:
    """Count the orders that are there already; the occasions that stand by them are historical: nobody is rewarded."""
    progress: list[dict[str, Any]] = []
    occasions: list[dict[str, Any]] = []
    for customer_id, orders in _by_customer(connection):
        row, stand = _count(counting, customer_id, list(orders), now)
        if row is not None:
            progress.append(row)
            occasions += stand
        if len(progress) >= BATCH:
            _write(connection, progress, occasions)
    _write(connection, progress, occasions)


def carry_over(connection: Connection, old: Counting, new: Counting) -> None:
    """Give each customer what they have saved up in the old epoch; it is decided once, at publication."""
    rows = connection.execute(
        select(PROGRESS.c.customer_id, PROGRESS.c.measure).where(
            PROGRESS.c.campaign == old.campaign, PROGRESS.c.epoch == old.epoch
        )
    ).all()
    values = [
        {
            "campaign": new.campaign,
            "epoch": new.epoch,
            "customer_id": row.customer_id,
            "measure": (saved := carried_over(old.plan, new.plan, row.measure)),
            "earlier": saved if folds(new.plan) else 0,
            "standing": 0,
            "latest": 0,
        }
        for row in rows
    ]
    if values:
        statement = upsert(connection, PROGRESS)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=[PROGRESS.c.campaign, PROGRESS.c.epoch, PROGRESS.c.customer_id],
                set_={
                    "measure": PROGRESS.c.measure + statement.excluded.measure,
                    "earlier": PROGRESS.c.earlier + statement.excluded.earlier,
                },
            ),
            values,
        )


def _by_customer(connection: Connection) -> Iterator[tuple[int, Iterator[Purchase]]]:
    rows = connection.execute(
        select(
            ORDER.c.id,
            ORDER.c.source,
            ORDER.c.external_id,
            ORDER.c.customer_id,
            ORDER.c.occurred_at,
            ORDER.c.status,
            ORDER.c.currency,
            ORDER.c.amount,
            ORDER.c.net,
            ORDER.c.units,
            ORDER.c.attributes,
            ORDER.c.history,
        ).order_by(ORDER.c.customer_id, ORDER.c.occurred_at, ORDER.c.id)
    )
    orders = (Purchase(**row._mapping) for row in rows)
    return groupby(orders, key=lambda order: order.customer_id)


def _count(
    counting: Counting, customer_id: int, orders: list[Purchase], now: int
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    shares = [share(counting, order) for order in orders]
    earlier = sum(each.earlier for each in shares)
    found = fold(counting, orders)
    if not found.crossings and not found.measure and not earlier:
        return None, []
    summed = not folds(counting.plan)
    stand = standing(counting, found.measure, earlier) if summed else len(found.crossings)
    row = {
        "campaign": counting.campaign,
        "epoch": counting.epoch,
        "customer_id": customer_id,
        "measure": found.measure,
        "earlier": earlier,
        "standing": stand,
        "latest": max(
            (order.occurred_at for order, each in zip(orders, shares, strict=True) if each.measure), default=0
        ),
    }
    numbered = enumerate(found.crossings[:stand], start=1)
    return row, [_occasion(counting, order, number, now) for number, order in numbered]


def _occasion(counting: Counting, order: Purchase, number: int, now: int) -> dict[str, Any]:
    occasion = {"identity": str(number), "ordinal": number, "occurred_at": order.occurred_at}
    return {
        "campaign": counting.campaign,
        "epoch": counting.epoch,
        "customer_id": order.customer_id,
        "identity": str(number),
        "status": "standing",
        "disposition": "historical",
        "generation": 1,
        "version": counting.version,
        "names": dump({"order": order_names(order), "occasion": occasion}),
        "order_id": order.id,
        "occurred_at": order.occurred_at,
        "recorded_at": now,
        "changed_at": now,
    }


def _write(connection: Connection, progress: list[dict[str, Any]], occasions: list[dict[str, Any]]) -> None:
    if progress:
        connection.execute(insert(PROGRESS), progress)
    if occasions:
        connection.execute(insert(OCCASION), occasions)
    progress.clear()
    occasions.clear()

"""From an order to what it led to: the purchase that earned an occasion, and what was taken back of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from punchcard.domain.database import table
from punchcard.domain.events import Event
from punchcard.domain.occasions import Occasion
from punchcard.domain.orders import LedgerEntry, Order, Refund

ORDER, REFUND, LEDGER = table(Order), table(Refund), table(LedgerEntry)
EVENT, OCCASION = table(Event), table(Occasion)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as it stands now; `net` is what was paid less what was refunded, in minor units."""

    id: int
    external_id: str
    occurred_at: int
    status: str
    currency: str
    amount: int
    refunded: int
    net: int
    history: bool


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A refund of an order; `amount` is None where it named the whole order, or lines of it."""

    external_id: str
    occurred_at: int
    amount: int | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Reversal:
    """What made an occasion fall: an order whose net amount was lowered, when, and by how much."""

    order: str
    at: int
    change: int
    currency: str


@dataclass(frozen=True, slots=True)
class Cause:
    """What earned an occasion: an order, or an event of a named type; neither where it was started by hand."""

    order: OrderLine | None
    refunds: tuple[RefundLine, ...]
    event_type: str | None
    event_id: str | None
    reversal: Reversal | None


def cause_of(connection: Connection, occasion_id: int) -> Cause:
    """Return what earned an occasion, and what has made it fall where it no longer stands."""
    occasion = connection.execute(select(OCCASION).where(OCCASION.c.id == occasion_id)).one()
    order = connection.execute(select(ORDER).where(ORDER.c.id == occasion.order_id)).first()
    event = connection.execute(select(EVENT).where(EVENT.c.id == occasion.event_id)).first()
    return Cause(
        order=None if order is None else _order(order),
        refunds=() if order is None else _refunds(connection, order),
        event_type=None if event is None else event.type,
        event_id=None if event is None else event.external_id,
        reversal=_reversal(connection, occasion) if occasion.status == "reversed" else None,
    )


def orders_of_customer(connection: Connection, customer_id: int, limit: int = 50) -> tuple[OrderLine, ...]:
    """Return a customer's latest orders, the latest first."""
    rows = connection.execute(
        select(ORDER)
        .where(ORDER.c.customer_id == customer_id)
        .order_by(ORDER.c.occurred_at.desc(), ORDER.c.id.desc())
        .limit(limit)
    )
    return tuple(_order(row) for row in rows)


def _refunds(connection: Connection, order: Row[Any]) -> tuple[RefundLine, ...]:
    rows = connection.execute(
        select(REFUND)
        .where(REFUND.c.source == order.source, REFUND.c.order_external_id == order.external_id)
        .order_by(REFUND.c.occurred_at, REFUND.c.id)
    )
    return tuple(RefundLine(row.external_id, row.occurred_at, row.amount, row.currency) for row in rows)


def _reversal(connection: Connection, occasion: Row[Any]) -> Reversal | None:
    """The change that was booked in the transaction in which the occasion fell."""
    row = connection.execute(
        select(LEDGER, ORDER.c.external_id)
        .join(ORDER, ORDER.c.id == LEDGER.c.order_id)
        .where(
            LEDGER.c.customer_id == occasion.customer_id,
            LEDGER.c.recorded_at == occasion.changed_at,
            LEDGER.c.change < 0,
        )
        .order_by(LEDGER.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Reversal(row.external_id, row.recorded_at, row.change, row.currency)


def _order(row: Row[Any]) -> OrderLine:
    return OrderLine(
        id=row.id,
        external_id=row.external_id,
        occurred_at=row.occurred_at,
        status=row.status,
        currency=row.currency,
        amount=row.amount,
        refunded=row.refunded,
        net=row.net,
        history=row.history,
    )

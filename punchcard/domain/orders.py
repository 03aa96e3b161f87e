"""Orders and refunds, as they stand now; each change of an order's net amount is a line of the ledger."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Index, UniqueConstraint, and_, or_
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity
from punchcard.plan.order_facts import PAID


class Order(SQLModel, table=True):
    """An order at its latest revision. `amount` is what was paid for goods, `net` that less its refunds."""

    __tablename__ = "purchase"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("purchase_of_customer", "customer_id", "occurred_at"),
        Index("purchase_by_time", "occurred_at"),
    )

    id: int | None = identity()
    source: str
    external_id: str
    customer_id: int = Field(foreign_key="customer.id", sa_type=BigInteger)
    occurred_at: int = big()
    received_at: int = big()
    status: str
    currency: str
    amount: int = big()
    refunded: int = big(default=0)
    net: int = big()
    units: int = 0
    lines: str = "[]"
    attributes: str = "{}"
    revision: int = 0
    history: bool = False
    event_id: int = big()


def has_ordered(orders: Any) -> ColumnElement[bool]:
    """Whether a row of this table (or of an alias of it) is an order for whoever asks what a customer has ordered.

    It has been paid, and something of it is left; `plan.order_facts.has_ordered` asks the same of one order.
    """
    paid = or_(*(orders.c.status == status for status in PAID))
    return and_(orders.c.net > 0, paid)


class Refund(SQLModel, table=True):
    """A refund of an order: whole (neither amount nor lines), by amount, or by line. Held until its order comes."""

    __tablename__ = "refund"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("refund_by_order", "source", "order_external_id"),
    )

    id: int | None = identity()
    source: str
    external_id: str
    order_external_id: str
    order_id: int | None = big(nullable=True, index=True)
    amount: int | None = big(nullable=True)
    currency: str | None = None
    lines: str | None = None
    occurred_at: int = big()
    event_id: int = big()


class LedgerEntry(SQLModel, table=True):
    """A change of an order's net amount, at the order's place in time. The ledger only grows."""

    __tablename__ = "ledger_entry"

    id: int | None = identity()
    customer_id: int = big(index=True)
    order_id: int = big(index=True)
    event_id: int = big()
    kind: str
    change: int = big()
    currency: str
    occurred_at: int = big()
    recorded_at: int = big()

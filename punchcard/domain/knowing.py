"""What conditions may ask about a customer: profile fields, and sums over the orders that were accepted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, func, select

from punchcard.domain.customers import Customer
from punchcard.domain.database import table
from punchcard.domain.orders import Order
from punchcard.plan.conditions import Field

CUSTOMER, ORDER = table(Customer), table(Order)
PROFILE = frozenset({"first_name", "last_name", "email", "phone", "language", "timezone"})


def known_of_customer(
    connection: Connection,
    customer_id: int,
    fields: Sequence[Field],
    currency: str,
    now: int,
) -> dict[str, Any]:
    """Return the values of these fields by `Field.key`; what is not known of the customer is left out.

    Amounts are in minor units of `currency`; orders in another currency do not count.
    """
    profile = connection.execute(select(CUSTOMER).where(CUSTOMER.c.id == customer_id)).one()
    found: dict[str, Any] = {}
    for field in fields:
        wanted = field.path[1]
        if wanted in SUMS:
            value = _sum(connection, customer_id, currency, wanted, field.arguments, now)
        elif wanted in PROFILE:
            value = getattr(profile, wanted)
        else:
            value = json.loads(profile.attributes).get(wanted)
        if value is not None:
            found[field.key] = value
    return found


SUMS: Mapping[str, Any] = MappingProxyType(
    {
        "orders": func.count(),
        "spent": func.coalesce(func.sum(ORDER.c.net), 0),
        "orders_within": func.count(),
        "spent_within": func.coalesce(func.sum(ORDER.c.net), 0),
    }
)


def _sum(
    connection: Connection, customer_id: int, currency: str, name: str, arguments: tuple[Any, ...], now: int
) -> int:
    statement = select(SUMS[name]).where(
        ORDER.c.customer_id == customer_id,
        ORDER.c.currency == currency,
        ORDER.c.net > 0,
        ORDER.c.status.in_(("paid", "delivered")),
        ORDER.c.occurred_at <= now,
    )
    if arguments:
        statement = statement.where(ORDER.c.occurred_at > now - int(arguments[0]))
    return int(connection.execute(statement).scalar_one())

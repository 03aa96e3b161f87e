"""What conditions may ask about a customer: profile fields, tags, and sums over the orders that were accepted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, func, select

from punchcard.domain.customers import CUSTOMER, PROFILE
from punchcard.domain.database import dump, table
from punchcard.domain.orders import Order, has_ordered
from punchcard.domain.tags import tags_of_all
from punchcard.plan.conditions import Field
from punchcard.plan.lookback import looks_back_months, since

ORDER = table(Order)
# Numbers beyond these are no figures of a customer; within them no rule runs out of any database's arithmetic.
LARGEST, SMALLEST = 1e15, 1e-15
# How JSON writes a sign that no text in PostgreSQL can have, and the one that stands in for it there: a field with
# either says nothing.
UNSPEAKABLE = ("\\u0000", "\\u0001")


def known_of_customer(
    connection: Connection,
    customer_id: int,
    fields: Sequence[Field],
    currency: str,
    now: int,
    zone: str,
) -> dict[str, Any]:
    """Return the values of these fields by `Field.key`; what is not known of the customer is left out.

    Amounts are in minor units of `currency`; orders in another currency do not count. Months are those of the
    customer's own zone, else of this one.
    """
    return known_of_all(connection, (customer_id,), fields, currency, now, zone)[customer_id]


def known_of_all(
    connection: Connection, people: Sequence[int], fields: Sequence[Field], currency: str, now: int, zone: str
) -> dict[int, dict[str, Any]]:
    """Return the same for many customers: one statement for the profiles, one for tags, and one for each sum, or for
    each zone where it counts months.
    """
    rows = connection.execute(select(CUSTOMER).where(CUSTOMER.c.id.in_(people))).all()
    found: dict[int, dict[str, Any]] = {
        row.id: {field.key: value for field in fields if (value := _profile(row, field)) is not None}
        for row in rows
    }
    for field in fields:
        if field.path[1] == "tags":
            for person, tags in tags_of_all(connection, people).items():
                found[person][field.key] = tags
        if field.path[1] in SUMS:
            counted = field.currency or currency
            sums: dict[int, int] = {}
            for whose, theirs in _by_zone(rows, field, zone).items():
                sums |= _sums(connection, theirs, field, counted, now, whose)
            for customer_id, known in found.items():
                known[field.key] = sums.get(customer_id, 0)
    return found


def _profile(row: Any, field: Field) -> Any:
    name = field.path[1]
    if name in PROFILE:
        return getattr(row, name)
    value = json.loads(row.attributes).get(name)
    return value if field.type is None or holds(value, field.type) else None


def holds(value: Any, kind: str) -> bool:
    """Whether a field of the shop's own holds what it is declared to hold; `domain.rules` asks the same in SQL."""
    match value:
        case bool():
            return kind == "flag"
        case int() | float():
            return kind == "number" and (value == 0 or SMALLEST <= abs(value) <= LARGEST)
        case str():
            return kind in ("text", "date") and not any(sign in dump(value) for sign in UNSPEAKABLE)
    return False


SUMS: Mapping[str, Any] = MappingProxyType(
    {
        "orders": func.count(),
        "spent": func.coalesce(func.sum(ORDER.c.net), 0),
        "orders_within": func.count(),
        "spent_within": func.coalesce(func.sum(ORDER.c.net), 0),
    }
)


def _by_zone(rows: Sequence[Any], field: Field, zone: str) -> dict[str, list[int]]:
    """The customers by the zone that matters: everybody together where months do not."""
    if not looks_back_months((field,)):
        return {zone: [row.id for row in rows]}
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.timezone or zone, []).append(row.id)
    return found


def _sums(
    connection: Connection, people: Sequence[int], field: Field, currency: str, now: int, zone: str
) -> dict[int, int]:
    """The sum of each customer who has any order that counts."""
    statement = (
        select(ORDER.c.customer_id, SUMS[field.path[1]].label("total"))
        .where(
            ORDER.c.customer_id.in_(people),
            ORDER.c.currency == currency,
            has_ordered(ORDER),
            ORDER.c.occurred_at <= now,
        )
        .group_by(ORDER.c.customer_id)
    )
    if field.arguments:
        statement = statement.where(ORDER.c.occurred_at > since(field.arguments[0], now, zone))
    return {row.customer_id: int(row.total) for row in connection.execute(statement)}

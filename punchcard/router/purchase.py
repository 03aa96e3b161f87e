"""An order as it stands, and what steps, messages and conditions may say of it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from punchcard.domain.knowing import holds
from punchcard.plan.conditions import Field, Value
from punchcard.plan.order_facts import ORDER_FACTS, facts_of


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order as it stands: net amount in minor units after refunds."""

    id: int
    source: str
    external_id: str
    customer_id: int
    occurred_at: int
    status: str
    currency: str
    amount: int
    net: int
    units: int
    attributes: str
    history: bool
    lines: str = "[]"


def order_names(order: Purchase) -> dict[str, Any]:
    """What steps and messages may call `order.…`."""
    return {
        "id": order.external_id,
        "amount": order.net,
        "currency": order.currency,
        "occurred_at": order.occurred_at,
    }


def order_facts(order: Purchase) -> frozenset[str]:
    """What has happened to an order, as `order.delivered`."""
    return facts_of(order.status, order.amount, order.net)


def occasion_names(order: Purchase) -> dict[str, Any]:
    """What an occasion knows of the order that it has; steps may read and wait for what has happened to it."""
    holds = order_facts(order)
    facts = {name.removeprefix("order."): name in holds for name in ORDER_FACTS}
    return {"order": {**order_names(order), **facts}}


def order_values(order: Purchase, fields: Iterable[Field]) -> dict[str, Value]:
    """What a trigger's filter may call `order.…`; `fields` are those of it that the programme declares."""
    attributes = _declared(json.loads(order.attributes), fields)
    return {
        **{f"order.{key}": value for key, value in attributes.items()},
        **{f"order.{key}": value for key, value in order_names(order).items()},
        "order.units": order.units,
        "order.status": order.status,
    }


def _declared(attributes: dict[str, Value], fields: Iterable[Field]) -> dict[str, Value]:
    """Return an order's attributes without those that hold something else than they are declared to."""
    types = {field.path[-1]: field.type for field in fields if field.type and field.path[0] == "order"}
    return {
        name: value
        for name, value in attributes.items()
        if name not in types or holds(value, str(types[name]))
    }

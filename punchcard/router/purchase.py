"""An order as it stands, and what steps, messages and conditions may say of it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from punchcard.domain.knowing import holds
from punchcard.plan.conditions import Expression, Value, names
from punchcard.plan.model import OrderField
from punchcard.plan.order_facts import OF_EVERY_ORDER, ORDER_FACTS, facts_of

NO_ATTRIBUTES = "{}"


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


def occasion_names(order: Purchase, own: tuple[OrderField, ...] = ()) -> dict[str, Any]:
    """What an occasion knows of the order that it has; steps may read and wait for what has happened to it.

    `own` are the fields of the shop's own that its campaign names.
    """
    happened = order_facts(order)
    facts = {name.removeprefix("order."): name in happened for name in ORDER_FACTS}
    return {"order": {**_own(order, own), **order_names(order), **facts}}


def told_of_order(order: Mapping[str, Any], reads: frozenset[str]) -> dict[str, Any]:
    """What an instance is told of its order: of the shop's own fields, which may hold anything, those that it reads."""
    return {key: value for key, value in order.items() if key in OF_EVERY_ORDER or f"order.{key}" in reads}


def _own(order: Purchase, own: tuple[OrderField, ...]) -> dict[str, Value]:
    if not own or order.attributes == NO_ATTRIBUTES:
        return {}
    attributes = json.loads(order.attributes)
    return {each.name: attributes[each.name] for each in own if holds(attributes.get(each.name), each.type)}


def order_values(order: Purchase, where: Expression) -> dict[str, Value]:
    """What a trigger's filter may call `order.…`."""
    attributes = {} if order.attributes == NO_ATTRIBUTES else _declared(json.loads(order.attributes), where)
    return {
        **{f"order.{key}": value for key, value in attributes.items()},
        **{f"order.{key}": value for key, value in order_names(order).items()},
        "order.units": order.units,
        "order.status": order.status,
    }


def _declared(attributes: dict[str, Value], where: Expression) -> dict[str, Value]:
    """Return an order's attributes without those that hold something else than the programme declares."""
    types = {field.path[-1]: field.type for field in names(where) if field.type and field.path[0] == "order"}
    return {
        name: value
        for name, value in attributes.items()
        if name not in types or holds(value, str(types[name]))
    }

"""Whether an order counts in a campaign and an event starts it, and what speaks against it. Pure."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from punchcard.domain.money import to_minor
from punchcard.plan.conditions import Expression, Value, evaluate
from punchcard.plan.model import Plan
from punchcard.plan.order_facts import RANKS
from punchcard.plan.triggers import (
    ByOrders,
    EventTrigger,
    ItemsTrigger,
    OrderTrigger,
)
from punchcard.router.counting import Counting
from punchcard.router.purchase import Purchase, order_values

WhyNot = Literal[
    "historical",
    "before_it_began",
    "after_it_ended",
    "nothing_left",
    "other_currency",
    "not_so_far",
    "not_over",
    "filtered_out",
    "no_units",
    "no_orders",
    "other_event",
    "field_absent",
]

# It would have counted, had it not been too early: what makes another order a customer's first no more.
BEFORE_THE_COUNTING: frozenset[WhyNot] = frozenset({"historical", "before_it_began"})


def why_order_counts_not(counting: Counting, order: Purchase) -> WhyNot | None:
    """Return the first thing that speaks against an order, None if it counts."""
    against, trigger = why_order_fits_not(counting, order), counting.plan.trigger
    if against is None and isinstance(trigger, ItemsTrigger) and not units(order, trigger.where):
        return "no_units"
    return against


def why_order_fits_not(counting: Counting, order: Purchase) -> WhyNot | None:
    """Return what speaks against an order, whatever it consists of; None if nothing does."""
    trigger = counting.plan.trigger
    if not isinstance(trigger, ByOrders):
        return "no_orders"
    if order.net <= 0:
        return "nothing_left"
    if order.currency != counting.plan.currency:
        return "other_currency"
    needed = trigger.status if isinstance(trigger, OrderTrigger) else "paid"
    if RANKS[order.status] < RANKS[needed]:
        return "not_so_far"
    if isinstance(trigger, OrderTrigger) and trigger.over is not None and order.net <= trigger.over:
        return "not_over"
    if not isinstance(trigger, ItemsTrigger) and not filter_takes(trigger.where, order):
        return "filtered_out"
    if counting.until is not None and order.occurred_at >= counting.until:
        return "after_it_ended"
    if order.history:
        return _why_history_counts_not(counting, order.occurred_at)
    return "before_it_began" if order.occurred_at < counting.counts_from else None


def why_event_starts_not(
    counting: Counting, name: str, data: Mapping[str, Any], occurred_at: int
) -> WhyNot | None:
    """Return what speaks against an event, None if nothing does."""
    against = why_event_fits_not(counting.plan, name, data)
    if against is not None:
        return against
    if occurred_at < counting.counts_from:
        return "before_it_began"
    return "after_it_ended" if counting.until is not None and occurred_at >= counting.until else None


def why_event_fits_not(plan: Plan, name: str, data: Mapping[str, Any]) -> WhyNot | None:
    """Return what speaks against an event whenever it happens, None if nothing does."""
    trigger = plan.trigger
    if not isinstance(trigger, EventTrigger) or trigger.name != name:
        return "other_event"
    if trigger.once_per is not None and data.get(trigger.once_per) is None:
        return "field_absent"
    values = {f"event.{key}": value for key, value in event_names(plan, data).items()}
    return None if trigger.where is None or _holds(trigger.where, values) else "filtered_out"


def _why_history_counts_not(counting: Counting, at: int) -> WhyNot | None:
    if not counting.plan.count_history:
        return "historical"
    return "before_it_began" if at < counting.counts_from and counting.carried else None


def units(order: Purchase, where: Expression | None) -> int:
    """Return how many units of an order count: of the lines that the filter takes, without free and returned ones.

    A refund of an amount returns no unit.
    """
    values = order_values(order, where) if where is not None else {}
    count = 0
    for line in json.loads(order.lines):
        if line["amount"] <= 0:
            continue
        item = {"item.sku": line.get("sku"), "item.price": line["amount"] // line["quantity"]}
        if where is None or _holds(where, {**values, **item}):
            count += line["quantity"] - line.get("returned", 0)
    return count


def filter_takes(where: Expression | None, order: Purchase) -> bool:
    """Whether a trigger's filter takes an order."""
    return where is None or _holds(where, order_values(order, where))


def event_names(plan: Plan, data: Mapping[str, Any]) -> dict[str, Any]:
    """What steps and messages may call `event.…`: money is in minor units of the plan's currency, and else absent."""
    assert isinstance(plan.trigger, EventTrigger)
    money = {
        name: _minor(data[name], plan.currency) for name in plan.trigger.money if data.get(name) is not None
    }
    return {**data, **money}


def in_other_currency(plan: Plan, data: Mapping[str, Any]) -> dict[str, Any]:
    """The money of an event that does not count in a campaign, as it is recorded."""
    counted = event_names(plan, data)
    return {
        f"event.{name}": f"{value['amount']} {value['currency']}"
        for name, value in data.items()
        if value is not None and counted[name] is None
    }


def _minor(value: Any, currency: str) -> int | None:
    """An amount in minor units; one in another currency is absent, and so is what was no money when it came in."""
    match value:
        case {"amount": str(amount), "currency": str(named)} if named == currency:
            with contextlib.suppress(ValueError):
                return to_minor(amount, named)
    return None


def _holds(where: Expression, values: Mapping[str, Value]) -> bool:
    return evaluate(where, values).met

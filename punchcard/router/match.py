"""Events against plans: what each order counts for, and which occasions stand. Pure.

A counted trigger is a function of a sum: `measure` adds up what counts, `earlier` how many orders lie before
the counting. So the occasions that stand depend on the set of orders alone, never on how it came in.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from punchcard.domain.money import to_minor
from punchcard.plan.bucket import held_out
from punchcard.plan.conditions import Expression, Value, evaluate
from punchcard.plan.epochs import end
from punchcard.plan.model import Plan, Split, walk
from punchcard.plan.order_facts import ORDER_FACTS, RANKS, facts_of
from punchcard.plan.program import reads, told_facts
from punchcard.plan.triggers import EventTrigger, OrderTrigger, SpendTrigger, Trigger, VisitsTrigger


@dataclass(frozen=True, slots=True)
class Counting:
    """One epoch of a campaign: its plan, and the half-open span of time whose orders count.

    One that has `carried` what was saved up before it does not count history again: that lies in what it carried.
    `reads` are the fields that the plan's conditions read, `facts` those of its order that it waits for or reads;
    `splits` says whether it divides customers by shares.
    """

    campaign: str
    version: str
    epoch: int
    counts_from: int
    plan: Plan
    until: int | None
    carried: bool
    reads: frozenset[str]
    facts: frozenset[str]
    splits: bool


def counting(
    campaign: str,
    version: str,
    epoch: int,
    counts_from: int,
    plan: Plan,
    *,
    until: int | None = None,
    carried: bool = False,
) -> Counting:
    """Make an epoch of a campaign ready to be matched with events; it ends with the campaign or at `until`."""
    ends = end(plan)
    bounds = [bound for bound in (ends, until) if bound is not None]
    splits = any(isinstance(step, Split) for step in walk(plan.steps))
    until = min(bounds, default=None)
    return Counting(
        campaign, version, epoch, counts_from, plan, until, carried, reads(plan), told_facts(plan), splits
    )


def carried_over(old: Plan, new: Plan, measure: int) -> int:
    """Return what of a sum goes on to count: what lies above the last crossing, and at most what lies just
    below the new rule's first, so that publishing by itself rewards nobody and the next order does.
    """
    last, first = _threshold(old), _threshold(new)
    repeats = not old.once and (not isinstance(old.trigger, SpendTrigger) or old.trigger.every is not None)
    rest = measure % last if repeats or measure < last else measure - last
    return min(rest, first - 1)


def _threshold(plan: Plan) -> int:
    match plan.trigger:
        case SpendTrigger(every=int(amount)) | SpendTrigger(reaches=int(amount)):
            return amount
        case OrderTrigger(every=int(number)):
            return number
    raise AssertionError("only what counts up to a threshold is carried over")


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


@dataclass(frozen=True, slots=True)
class Share:
    """What an order adds to a customer's progress; `earlier` is told of campaigns for first orders alone."""

    measure: int = 0
    earlier: int = 0


NOTHING = Share()


def share(counting: Counting, order: Purchase | None) -> Share:
    """Return what an order counts for in a campaign: nothing unless it qualifies."""
    if order is None or not _qualifies(counting, order):
        return NOTHING
    since = order.occurred_at >= counting.counts_from
    counts = counting.plan.count_history and (since or not counting.carried) if order.history else since
    if counting.until is not None and order.occurred_at >= counting.until:
        return NOTHING
    if not counts:
        is_first = isinstance(counting.plan.trigger, OrderTrigger) and counting.plan.trigger.first
        return Share(earlier=1) if is_first else NOTHING
    return Share(measure=order.net if isinstance(counting.plan.trigger, SpendTrigger) else 1)


def standing(counting: Counting, measure: int, earlier: int) -> int:
    """Return how many occasions stand, given the sums; they are numbered 1 to that."""
    found = _standing(counting.plan.trigger, measure, earlier)
    return min(found, 1) if counting.plan.once else found


def _standing(trigger: Trigger, measure: int, earlier: int) -> int:
    match trigger:
        case SpendTrigger(every=every) if every is not None:
            return measure // every
        case SpendTrigger(reaches=reaches) if reaches is not None:
            return int(measure >= reaches)
        case OrderTrigger(first=True):
            return int(measure >= 1 and earlier == 0)
        case OrderTrigger(every=every):
            return measure // (every or 1)
        case _:
            return 0


def counts_orders(plan: Plan) -> bool:
    """Whether orders add up to the plan's occasions: each by itself does not, but any of them does to one alone."""
    trigger = plan.trigger
    return isinstance(trigger, SpendTrigger | VisitsTrigger) or (
        isinstance(trigger, OrderTrigger) and (trigger.first or trigger.every is not None or plan.once)
    )


def takes_each_order(plan: Plan) -> bool:
    """Whether each qualifying order is an occasion of its own."""
    return isinstance(plan.trigger, OrderTrigger) and not counts_orders(plan)


def lasting_identity(plan: Plan, identity: str) -> str:
    """The identity of an occasion of this plan: where each customer has one at most, they all are the first."""
    return "1" if plan.once and not counts_orders(plan) else identity


def order_identity(order: Purchase) -> str:
    """The identity of an occasion that one order is."""
    return f"{order.source}/{order.external_id}"


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


def event_identity(plan: Plan, source: str, external_id: str, data: Mapping[str, Any]) -> str | None:
    """The identity of the occasion that a named event is; None if it is none."""
    trigger = plan.trigger
    assert isinstance(trigger, EventTrigger)
    if trigger.where is not None and not _holds(
        trigger.where, {f"event.{key}": value for key, value in event_names(plan, data).items()}
    ):
        return None
    if trigger.once_per is None:
        return f"{source}/{external_id}"
    value = data.get(trigger.once_per)
    return None if value is None else f"{trigger.once_per}={json.dumps(value)}"


def is_held_out(plan: Plan, customer_id: int) -> bool:
    """Whether the customer is tracked, but neither rewarded nor written to."""
    return held_out(plan.campaign, plan.holdout, customer_id)


def workflow_id(campaign: str, epoch: int, customer_id: int, identity: str, generation: int) -> str:
    """Return the id of an instance, of its occasion and generation; it holds no personal data."""
    name = identity if identity.isdecimal() else hashlib.sha256(identity.encode()).hexdigest()[:16]
    return f"{campaign}.e{epoch}.c{customer_id}.{name}.g{generation}"


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


def _qualifies(counting: Counting, order: Purchase) -> bool:
    trigger = counting.plan.trigger
    if order.net <= 0 or order.currency != counting.plan.currency:
        return False
    needed = trigger.status if isinstance(trigger, OrderTrigger) else "paid"
    if RANKS[order.status] < RANKS[needed]:
        return False
    if isinstance(trigger, OrderTrigger) and trigger.over is not None and order.net <= trigger.over:
        return False
    where = trigger.where if isinstance(trigger, SpendTrigger | OrderTrigger | VisitsTrigger) else None
    return filter_takes(where, order)


def filter_takes(where: Expression | None, order: Purchase) -> bool:
    """Whether a trigger's filter takes an order."""
    return where is None or _holds(where, _order_values(order))


def _order_values(order: Purchase) -> dict[str, Value]:
    attributes = json.loads(order.attributes)
    return {
        **{f"order.{key}": value for key, value in attributes.items()},
        **{f"order.{key}": value for key, value in order_names(order).items()},
        "order.units": order.units,
        "order.status": order.status,
    }


def _holds(where: Expression, values: Mapping[str, Value]) -> bool:
    return evaluate(where, values).met

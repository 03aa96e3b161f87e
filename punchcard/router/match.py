"""Events against plans: what each order counts for, and which occasions stand. Pure.

A counted trigger is a function of a sum: `measure` adds up what counts, `earlier` how many orders lie before
the counting. So the occasions that stand depend on the set of orders alone, never on how it came in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from punchcard.plan.bucket import held_out
from punchcard.plan.model import Plan
from punchcard.plan.triggers import (
    EventTrigger,
    ItemsTrigger,
    OrderTrigger,
    SpendTrigger,
    Trigger,
    VisitsTrigger,
)
from punchcard.router.counting import Counting
from punchcard.router.purchase import Purchase
from punchcard.router.qualifying import BEFORE_THE_COUNTING, units, why_order_fits_not

# Identities stand in an index, whose rows are short; what is longer is named by its hash.
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Share:
    """What an order adds to a customer's progress; `earlier` is told of campaigns for first orders alone."""

    measure: int = 0
    earlier: int = 0


NOTHING = Share()


def share(counting: Counting, order: Purchase | None) -> Share:
    """Return what an order counts for in a campaign: nothing unless it qualifies."""
    if order is None:
        return NOTHING
    against = why_order_fits_not(counting, order)
    trigger = counting.plan.trigger
    if against is None:
        return Share(measure=_measure(trigger, order))
    is_first = isinstance(trigger, OrderTrigger) and trigger.first
    return Share(earlier=1) if is_first and against in BEFORE_THE_COUNTING else NOTHING


def _measure(trigger: Trigger, order: Purchase) -> int:
    match trigger:
        case SpendTrigger():
            return order.net
        case ItemsTrigger(where=where):
            return units(order, where)
        case _:
            return 1


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
        case ItemsTrigger(every=every):
            return measure // every
        case _:
            return 0


def counts_orders(plan: Plan) -> bool:
    """Whether orders add up to the plan's occasions: each by itself does not, but any of them does to one alone."""
    trigger = plan.trigger
    return isinstance(trigger, SpendTrigger | ItemsTrigger | VisitsTrigger) or (
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


def event_identity(plan: Plan, source: str, external_id: str, data: Mapping[str, Any]) -> str:
    """The identity of the occasion that an event is which starts the plan's campaign."""
    trigger = plan.trigger
    assert isinstance(trigger, EventTrigger), "only campaigns that wait for an event are started by one"
    if trigger.once_per is None:
        return f"{source}/{external_id}"
    value = json.dumps(data[trigger.once_per], sort_keys=True)
    if len(value) > LONGEST_VALUE:
        value = hashlib.sha256(value.encode()).hexdigest()
    return f"{trigger.once_per}={value}"


def is_held_out(plan: Plan, customer_id: int) -> bool:
    """Whether the customer is tracked, but neither rewarded nor written to."""
    return held_out(plan.campaign, plan.holdout, customer_id)


def workflow_id(campaign: str, epoch: int, customer_id: int, identity: str, generation: int) -> str:
    """Return the id of an instance, of its occasion and generation; it holds no personal data."""
    name = identity if identity.isdecimal() else hashlib.sha256(identity.encode()).hexdigest()[:16]
    return f"{campaign}.e{epoch}.c{customer_id}.{name}.g{generation}"

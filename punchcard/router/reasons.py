"""Why an order counts for nothing in a campaign, or an event starts nothing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from punchcard.plan.order_facts import RANKS
from punchcard.plan.triggers import EventTrigger, OrderTrigger, SpendTrigger, VisitsTrigger
from punchcard.router.match import Counting, Purchase, event_identity, filter_takes

WhyNot = Literal[
    "historical",
    "before_it_began",
    "after_it_ended",
    "nothing_left",
    "other_currency",
    "not_so_far",
    "not_over",
    "filtered_out",
    "no_orders",
    "other_event",
    "field_absent",
]


def why_order_counts_not(counting: Counting, order: Purchase) -> WhyNot | None:
    """Return the first thing that speaks against an order, None if it counts."""
    trigger = counting.plan.trigger
    if not isinstance(trigger, SpendTrigger | OrderTrigger | VisitsTrigger):
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
    if not filter_takes(trigger.where, order):
        return "filtered_out"
    if order.history:
        return _why_history_counts_not(counting, order.occurred_at)
    return _when(counting, order.occurred_at)


def why_event_starts_not(
    counting: Counting, name: str, data: Mapping[str, Any], occurred_at: int
) -> WhyNot | None:
    """Return what speaks against an event, None if nothing does."""
    trigger = counting.plan.trigger
    if not isinstance(trigger, EventTrigger) or trigger.name != name:
        return "other_event"
    if trigger.once_per is not None and data.get(trigger.once_per) is None:
        return "field_absent"
    if event_identity(counting.plan, "", "", data) is None:
        return "filtered_out"
    return _when(counting, occurred_at)


def _why_history_counts_not(counting: Counting, at: int) -> WhyNot | None:
    if not counting.plan.count_history:
        return "historical"
    found = _when(counting, at)
    return None if found == "before_it_began" and not counting.carried else found


def _when(counting: Counting, at: int) -> WhyNot | None:
    if at < counting.counts_from:
        return "before_it_began"
    return "after_it_ended" if counting.until is not None and at >= counting.until else None

"""How exactly a campaign's occasions are determined when orders come late, repeatedly or are refunded.

S: by the set of accepted events alone. B: by business time, folded in its order. D: decided once, in
the order of commits, with the operands recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from punchcard.plan.experiments import experiments
from punchcard.plan.model import Again, Plan
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    EventTrigger,
    InactiveTrigger,
    ItemsTrigger,
    ManualTrigger,
    OrderTrigger,
    RewardTrigger,
    ScheduleTrigger,
    SegmentTrigger,
    SpendTrigger,
    TriggerClass,
    VisitsTrigger,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a campaign, as the campaign language calls it, with its class and why."""

    part: str
    exactness: TriggerClass
    why: str


def triggers_class(plan: Plan) -> TriggerClass:
    """Return the class of what starts the campaign, before limits and budgets."""
    return _trigger(plan).exactness


def reasons(plan: Plan) -> Iterator[Reason]:
    """Yield each part that decides whether a customer is rewarded, with its class; the trigger comes first."""
    yield _trigger(plan)
    if plan.holdout:
        yield Reason("holdout", "S", "it is a hash of campaign and customer")
    if plan.audience is not None:
        yield Reason("audience", "D", "what is known of the customer is read when the occasion is recorded")
    if plan.again is not None:
        yield _again(plan.again)
    if plan.if_running != "parallel":
        yield Reason("if_running", "D", "whether an instance runs is seen when the occasion is recorded")
    if plan.digest is not None:
        yield Reason("digest", "D", "a batch gathers what has arrived by the time it closes")
    if plan.limit is not None:
        yield Reason(
            "limit",
            "B",
            "occasions are counted in business time; a late one never displaces one already decided",
        )
    if plan.budget is not None:
        yield Reason("budget", "D", "the budget goes to whoever commits first")
    if any(experiments(plan)):
        yield Reason("keep_best", "D", "what is known at a look decides, once, for all who come later")


def _again(again: Again) -> Reason:
    match again.rule:
        case "once":
            return Reason("again", "S", "each customer has one occasion, whichever event came first")
        case "after_exit":
            return Reason("again", "D", "whether an instance runs is seen when the occasion is recorded")
        case "after":
            why = "occasions are counted in business time; a late one never displaces one already decided"
            return Reason("again", "B", why)


def _trigger(plan: Plan) -> Reason:
    match plan.trigger:
        case SpendTrigger(drops=True):
            return Reason(
                "spend",
                "B",
                "orders are added up in the order in which they happened, and what lies above a crossing is dropped",
            )
        case SpendTrigger(within=within, within_months=months) if within is not None or months is not None:
            return Reason("spend", "B", "when the orders happened decides which of them lie in one window")
        case SpendTrigger(every=None):
            return Reason(
                "spend",
                "S",
                "the sum of a customer's orders has reached the amount or not, in whatever order they came",
            )
        case SpendTrigger():
            return Reason(
                "spend",
                "S",
                "the sum of a customer's orders fixes how many crossings stand; the remainder carries over",
            )
        case OrderTrigger():
            return Reason("order", "S", "the number of a customer's orders fixes which occasions stand")
        case ItemsTrigger():
            return Reason(
                "items", "S", "the number of units in a customer's orders fixes which occasions stand"
            )
        case VisitsTrigger():
            return Reason(
                "visits", "S", "the periods in which a customer has ordered fix how many streaks stand"
            )
        case EventTrigger():
            return Reason("event", "S", "each accepted event stands for itself")
        case ManualTrigger():
            return Reason("manual", "S", "each request stands for itself, under its idempotency key")
        case BirthdayTrigger():
            return Reason(
                "birthday", "D", "each birthday is served once, by the date that is known when it is due"
            )
        case AnniversaryTrigger():
            return Reason(
                "anniversary", "D", "each year is served once, by the date that is known when it is due"
            )
        case RewardTrigger(expires_in=None):
            return Reason("reward", "D", "each reward that is redeemed counts once, when that is found")
        case RewardTrigger():
            return Reason("reward", "D", "each reward counts once, if it is unused when the time comes")
        case InactiveTrigger():
            return Reason("inactive", "D", "the last order that is known when the time is up decides, once")
        case ScheduleTrigger():
            return Reason("schedule", "D", "it is for the customers who are known when its time comes")
        case SegmentTrigger():
            return Reason(
                "segment",
                "D",
                "who is in the segment is looked up every minute, and each change that is found counts once",
            )
        case trigger:
            assert_never(trigger)

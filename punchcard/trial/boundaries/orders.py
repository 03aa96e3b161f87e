"""Boundaries of what orders earn: by their sum, by their number, or one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.plan.calendar import DAY, resolve
from punchcard.plan.conditions import evaluate
from punchcard.plan.exactness import triggers_class
from punchcard.plan.model import AfterMonths, Plan
from punchcard.plan.triggers import OrderTrigger, SpendTrigger, VisitsTrigger
from punchcard.trial.boundaries.boundary import MINUTE, Boundary, Posted, odd_instants, room

Nets = list[int]
# Wednesday, 11 February 2026, 12:00 UTC: in the middle of a week, a month and a quarter.
MID_MONTH = 1_770_811_200_000


def of_spend(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `spend`."""
    trigger = plan.trigger
    assert isinstance(trigger, SpendTrigger)
    at = trigger.every or trigger.reaches or 1
    yield _bought(plan, "a cent below the threshold", [at - 1])
    yield _bought(plan, "at the threshold", [at])
    yield _bought(plan, "a cent above the threshold", [at + 1])
    yield _bought(plan, "at the threshold in two orders", [at - 1, 1])
    yield _bought(plan, "two crossings in one order", [2 * at])
    yield _bought(plan, "a crossing, and the rest carried over", [at + at // 2, at - at // 2])
    yield from _common(plan, at)


def of_orders(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `order`."""
    trigger = plan.trigger
    assert isinstance(trigger, OrderTrigger)
    counts = (trigger.over or 0) + 1
    number = trigger.every or 1
    if trigger.over:
        yield _bought(plan, "orders of just the amount that must be exceeded", [trigger.over] * number)
    yield _bought(plan, "a cent", [1] * number)
    yield _bought(plan, "one order too few", [counts] * (number - 1))
    yield _bought(plan, "as many orders as it takes", [counts] * number)
    yield _bought(plan, "one order more", [counts] * (number + 1))
    yield _bought(plan, "twice as many orders", [counts] * (2 * number))
    yield _cancelled(plan, counts, number)
    yield from _common(plan, counts, number)


def _common(plan: Plan, amount: int, number: int = 1) -> Iterator[Boundary]:
    """What every order may come to: refunds, repetition, another currency, odd hours, limits, the holdout."""
    nets = [amount] * number
    earned = _bought(plan, "", nets)
    last = earned.posted[-1]
    refund = Posted(
        "refund", {"order": last.id, "amount": _money(amount, plan.currency)}, "refund-1", 9 * MINUTE
    )
    fallen = _standing(plan, nets[:-1])
    yield replace(
        earned, name="an order refunded", posted=(*earned.posted, refund), standing=fallen, arisen=None
    )
    again = Posted("order", last.data, "again", 10 * MINUTE)
    yield replace(
        earned,
        name="an order refunded, and earned again",
        posted=(*earned.posted, refund, again),
        arisen=None,
    )
    yield replace(earned, name="the same order twice", posted=(*earned.posted, *earned.posted))
    lower = {**last.data, "amount": _money(1, plan.currency)}
    corrected = replace(last, data=lower, revision=1, after=9 * MINUTE)
    yield replace(
        earned,
        name="an order corrected to a cent",
        posted=(*earned.posted, corrected),
        standing=_standing(plan, [*nets[:-1], 1]),
        arisen=None,
    )
    other = "EUR" if plan.currency != "EUR" else "USD"
    foreign = tuple(replace(each, data=_order(amount, other, _status(plan))) for each in earned.posted)
    yield replace(earned, name="orders in another currency", posted=foreign, standing=0, arisen=0, started=0)
    for name, begins in odd_instants(plan):
        yield replace(earned, name=f"earned {name}", begins=begins)
    if plan.holdout:
        yield replace(earned, name="a customer who is held out", held_out=True, started=0)
    most = room(plan.limit)
    repeats = _standing(plan, nets * 2) == 2 * _standing(plan, nets)
    if repeats and most < 100:
        over = _bought(plan, "once more than the limit allows", nets * (most + 1))
        yield replace(over, started=most if plan.audience is None and plan.again is None else None)


def of_visits(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `visits`; nothing where the campaign's dates leave no room for them."""
    trigger = plan.trigger
    assert isinstance(trigger, VisitsTrigger)
    if plan.starts or plan.ends:
        return
    days = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[trigger.per]
    number = trigger.consecutive
    conditional = trigger.where is not None
    case = Boundary("", (), 0, begins=MID_MONTH, by_the_set=False, conditional=conditional)
    for name, periods, standing in (
        ("one period too few", range(number - 1), 0),
        ("as many periods in a row as it takes", range(number), 1),
        ("twice as many", range(2 * number), 2),
        ("one period left out", [*range(number - 1), *range(number, 2 * number - 1)], 0),
        ("twice in each period", [n for n in range(number) for _ in range(2)], 1),
    ):
        posted = tuple(
            Posted(
                "order",
                _order(10_000, plan.currency, "paid"),
                f"o-{place}",
                _mid(n, days, trigger.per) + place,
            )
            for place, n in enumerate(periods, start=1)
        )
        yield replace(case, name=name, posted=posted, standing=standing, arisen=standing)


def _mid(period: int, days: int, per: str) -> int:
    """How long after the middle of a period the middle of a later one lies, about."""
    if per in ("day", "week"):
        return period * days * DAY
    months = {"month": 1, "quarter": 3, "year": 12}[per] * period
    return resolve(AfterMonths(months), MID_MONTH, "UTC") - MID_MONTH


def _cancelled(plan: Plan, amount: int, number: int) -> Boundary:
    earned = _bought(plan, "an order that is cancelled", [amount] * number)
    last = earned.posted[-1]
    gone = replace(last, data={**last.data, "status": "cancelled"}, revision=1, after=9 * MINUTE)
    standing = _standing(plan, [amount] * (number - 1))
    return replace(earned, posted=(*earned.posted, gone), standing=standing, arisen=None)


def _bought(plan: Plan, name: str, amounts: Nets) -> Boundary:
    posted = tuple(
        Posted("order", _order(amount, plan.currency, _status(plan)), f"o-{place}", place * 1000)
        for place, amount in enumerate(amounts, start=1)
    )
    standing = _standing(plan, amounts)
    return Boundary(name, posted, standing, arisen=standing, by_the_set=triggers_class(plan) == "S")


def _standing(plan: Plan, nets: Nets) -> int:
    """The promise: how many occasions stand is a function of the set of orders, by what is left of each."""
    trigger = plan.trigger
    counted = [net for net in nets if net > 0 and _counts(plan, net)]
    match trigger:
        case SpendTrigger(drops=True) | SpendTrigger(within=int()) | SpendTrigger(within_months=int()):
            return _windows(counted, trigger)
        case SpendTrigger(every=int(every)):
            return sum(counted) // every
        case SpendTrigger(reaches=int(reaches)):
            return int(sum(counted) >= reaches)
        case OrderTrigger(first=True):
            return int(bool(counted))
        case OrderTrigger(every=int(every)):
            return len(counted) // every
        case _:
            return len(counted)


def _windows(nets: Nets, trigger: SpendTrigger) -> int:
    """How often a threshold is reached if what lies above it is dropped; all orders lie in one window."""
    reached = total = 0
    for net in nets:
        total += net
        crossed = total // trigger.every if trigger.every else int(total >= (trigger.reaches or 1))
        if crossed:
            reached, total = reached + crossed, 0
    return reached


def _counts(plan: Plan, net: int) -> bool:
    trigger = plan.trigger
    assert isinstance(trigger, SpendTrigger | OrderTrigger)
    if isinstance(trigger, OrderTrigger) and trigger.over is not None and net <= trigger.over:
        return False
    values: dict[str, Any] = {
        "order.amount": net,
        "order.currency": plan.currency,
        "order.status": _status(plan),
        "order.units": 0,
    }
    return trigger.where is None or evaluate(trigger.where, values).met


def _status(plan: Plan) -> str:
    return plan.trigger.status if isinstance(plan.trigger, OrderTrigger) else "paid"


def _order(amount: int, currency: str, status: str) -> dict[str, Any]:
    return {"amount": _money(amount, currency), "status": status}


def _money(amount: int, currency: str) -> dict[str, str]:
    return {"amount": to_amount(amount, currency), "currency": currency}

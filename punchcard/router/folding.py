"""Orders folded in the order in which they happened: which order each occasion names, and how many stand. Pure.

Occasions are numbered, and how many stand is a function of the set of orders, which never falls when an order is
added. So a late order may add an occasion, and a refund may take one back, but none that was decided is displaced or
doubled. Each names the order with which it comes to stand when all are laid in the order of time: what the orders up to
some time say does not depend on later ones.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from punchcard.plan.calendar import local, resolve
from punchcard.plan.model import After, AfterMonths, Plan
from punchcard.plan.triggers import ItemsTrigger, OrderTrigger, Period, SpendTrigger, VisitsTrigger
from punchcard.router.counting import Counting
from punchcard.router.match import share
from punchcard.router.purchase import Purchase
from punchcard.router.qualifying import units


@dataclass(frozen=True, slots=True)
class Folded:
    """What a customer's orders come to: `crossings` has the order that made each occasion, `measure` what is begun."""

    crossings: tuple[Purchase, ...]
    measure: int


def folds(plan: Plan) -> bool:
    """Whether the plan's occasions depend on when its orders happened, and not on their sum alone."""
    match plan.trigger:
        case SpendTrigger(drops=drops, within=millis, within_months=months):
            return drops or millis is not None or months is not None
        case VisitsTrigger():
            return True
        case _:
            return False


def fold(counting: Counting, orders: Sequence[Purchase], carried: int = 0) -> Folded:
    """Fold one customer's orders; `carried` is what was saved up under an earlier way of counting."""
    counted = sorted(
        (order for order in orders if share(counting, order).measure),
        key=lambda order: (order.occurred_at, order.source, order.external_id),
    )
    match counting.plan.trigger:
        case SpendTrigger(every=int(every), drops=True):
            found = _dropping(counted, every, carried)
        case SpendTrigger(every=int(every)):
            found = _adding(counted, every, carried, lambda order: order.net)
        case SpendTrigger(reaches=int(reaches)) as trigger if folds(counting.plan):
            found = _windows(counted, reaches, _span(trigger), counting.plan.timezone)
        case SpendTrigger(reaches=int(reaches)):
            found = _first(_adding(counted, reaches, carried, lambda order: order.net))
        case OrderTrigger(first=True):
            found = _first(_adding(counted, 1, carried, lambda _: 1))
        case OrderTrigger(every=every):
            found = _adding(counted, every or 1, carried, lambda _: 1)
        case ItemsTrigger(every=every, where=where):
            found = _adding(counted, every, carried, lambda order: units(order, where))
        case VisitsTrigger(consecutive=wanted, per=per):
            found = _streaks(counted, wanted, per, counting.plan.timezone)
        case _:
            raise AssertionError("only orders that count are folded")
    return _first(found) if counting.plan.once else found


def _first(found: Folded) -> Folded:
    return Folded(found.crossings[:1], found.measure)


def _adding(orders: Sequence[Purchase], every: int, total: int, worth: Callable[[Purchase], int]) -> Folded:
    """What lies above a crossing counts toward the next one."""
    crossings: list[Purchase] = []
    for order in orders:
        before, total = total // every, total + worth(order)
        crossings += [order] * (total // every - before)
    return Folded(tuple(crossings), total)


def _dropping(orders: Sequence[Purchase], every: int, saved: int) -> Folded:
    """What lies above a crossing is dropped."""
    crossings: list[Purchase] = []
    for order in orders:
        crossed, saved = divmod(saved + order.net, every)
        crossings += [order] * crossed
        if crossed:
            saved = 0
    return Folded(tuple(crossings), saved)


def _windows(orders: Sequence[Purchase], reaches: int, span: After | AfterMonths, zone: str) -> Folded:
    """As many windows as there is room for beside each other: each ends as soon as it can."""
    crossings: list[Purchase] = []
    window: deque[tuple[int, int]] = deque()
    total = 0
    for order in orders:
        while window and window[0][0] <= order.occurred_at:
            total -= window.popleft()[1]
        window.append((resolve(span, order.occurred_at, zone), order.net))
        total += order.net
        if total >= reaches:
            crossings.append(order)
            window.clear()
            total = 0
    return Folded(tuple(crossings), total)


def _span(trigger: SpendTrigger) -> After | AfterMonths:
    return AfterMonths(trigger.within_months or 0) if trigger.within is None else After(trigger.within)


def _streaks(orders: Sequence[Purchase], wanted: int, per: Period, zone: str) -> Folded:
    """Each run of periods with an order in each has an occasion for every `wanted` of them."""
    crossings: list[Purchase] = []
    run, last = 0, None
    for order in orders:
        number = _number(local(order.occurred_at, zone).date(), per)
        if number == last:
            continue
        run = run + 1 if last is not None and number == last + 1 else 1
        last = number
        if run % wanted == 0:
            crossings.append(order)
    return Folded(tuple(crossings), run % wanted)


def _number(day: date, per: Period) -> int:
    """The number of the period that holds a day; the next period has the next number."""
    match per:
        case "day":
            return day.toordinal()
        case "week":
            return (day.toordinal() - 1) // 7
        case "month":
            return day.year * 12 + day.month - 1
        case "quarter":
            return day.year * 4 + (day.month - 1) // 3

"""What stands, by the law alone: a function of the set of accepted events, written as plainly as can be."""

from __future__ import annotations

import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from punchcard.plan.model import Plan
from punchcard.plan.triggers import (
    ByOrders,
    EventTrigger,
    ItemsTrigger,
    OrderTrigger,
    SpendTrigger,
    VisitsTrigger,
)

Standing = set[tuple[str, str, str]]
Progress = dict[tuple[str, str], tuple[int, int, int]]
Named = dict[tuple[str, str, str], str]
RANK = {"cancelled": -1, "placed": 0, "paid": 1, "delivered": 2}


@dataclass(frozen=True)
class Item:
    """One event as it is posted (as JSON text), and whether it comes as history."""

    text: str
    history: bool

    @property
    def body(self) -> dict[str, Any]:
        """The event as it goes over the wire."""
        found: dict[str, Any] = json.loads(self.text)
        return found


@dataclass(frozen=True)
class Order:
    """An order by its latest revision, with what its refunds have left of it."""

    id: str
    customer: str
    at: int
    status: str
    currency: str
    net: int
    attributes: dict[str, Any]
    history: bool
    units: dict[str, int]


def orders_of(source: str, items: Iterable[Item]) -> list[Order]:
    """Return every order as the set of events has it."""
    latest: dict[str, Item] = {}
    refunds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        body = item.body
        if body["type"] == "order":
            known = latest.get(body["id"])
            if known is None or body["revision"] > known.body["revision"]:
                latest[body["id"]] = item
        elif body["type"] == "refund":
            refunds[body["data"]["order"]].append(body["data"])
    return [_order(source, item, refunds[name]) for name, item in latest.items()]


def _order(source: str, item: Item, refunds: list[dict[str, Any]]) -> Order:
    body = item.body
    data = body["data"]
    return Order(
        id=f"{source}/{body['id']}",
        customer=body["customer"],
        at=millis(body["occurred_at"]),
        status=data["status"],
        currency=data["amount"]["currency"],
        net=minor(data["amount"]) - returned(data, refunds),
        attributes=data["attributes"],
        history=item.history,
        units=_units(data, refunds),
    )


def _units(order: dict[str, Any], refunds: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many units of each item were paid for and kept."""
    kept = {line["sku"]: line["quantity"] for line in order["lines"] if minor(line["amount"])}
    for line in (line for refund in refunds for line in refund.get("lines", ())):
        if line["id"] in kept:
            kept[line["id"]] = max(0, kept[line["id"]] - line["quantity"])
    return kept


def _bought(trigger: ItemsTrigger, order: Order) -> int:
    return sum(count for sku, count in order.units.items() if trigger.where is None or sku == "a")


def returned(order: dict[str, Any], refunds: list[dict[str, Any]]) -> int:
    """Return what the refunds of an order give back: all of it, amounts, or the share of each line's units."""
    total = 0
    units: dict[str, int] = defaultdict(int)
    for refund in refunds:
        if "lines" in refund:
            for line in refund["lines"]:
                units[line["id"]] += line["quantity"]
        elif "amount" not in refund:
            return minor(order["amount"])
        elif refund["amount"]["currency"] == order["amount"]["currency"]:
            total += minor(refund["amount"])
    for line in order["lines"]:
        total += minor(line["amount"]) * min(units[line["id"]], line["quantity"]) // line["quantity"]
    return min(total, minor(order["amount"]))


def stands(
    source: str, items: Iterable[Item], plans: Iterable[Plan], since: int
) -> tuple[Standing, Progress]:
    """Return the occasions that stand and each customer's (measure, earlier, standing), where not all are 0."""
    items = list(items)
    orders = orders_of(source, items)
    standing: Standing = set()
    progress: Progress = {}
    for plan in plans:
        if isinstance(plan.trigger, EventTrigger):
            found = set(_by_events(source, plan, plan.trigger, items, since))
            standing |= {(name, who, "1") for name, who, _ in found} if plan.once else found
            continue
        for customer in {order.customer for order in orders}:
            mine = [order for order in orders if order.customer == customer and _qualifies(plan, order)]
            counted = [order for order in mine if _counts(plan, order, since)]
            earlier = len(mine) - len(counted) if _is_first(plan) else 0
            names, measure = _occasions(plan, counted, earlier)
            if plan.once:
                names = ["1"] if names else []
            standing |= {(plan.campaign, customer, name) for name in names}
            if (measure or earlier or names) and not _takes_each(plan):
                progress[plan.campaign, customer] = (measure, earlier, len(names))
    return standing, progress


def named(source: str, items: Iterable[Item], plans: Iterable[Plan], since: int) -> Named:
    """Return the order that each standing occasion names: the last of the fewest orders by which it stands."""
    orders = orders_of(source, items)
    found: Named = {}
    for plan in plans:
        if isinstance(plan.trigger, EventTrigger):
            continue
        for customer in {order.customer for order in orders}:
            mine = [order for order in orders if order.customer == customer and _qualifies(plan, order)]
            counted = [order for order in mine if _counts(plan, order, since)]
            counted.sort(key=lambda order: (order.at, order.id))
            earlier = len(mine) - len(counted) if _is_first(plan) else 0
            for last, order in enumerate(counted, start=1):
                names, _ = _occasions(plan, counted[:last], earlier)
                for name in ["1"][: len(names)] if plan.once else names:
                    found.setdefault((plan.campaign, customer, name), order.id)
    return found


def _occasions(plan: Plan, counted: list[Order], earlier: int) -> tuple[list[str], int]:
    in_time = sorted(counted, key=lambda order: (order.at, order.id))
    match plan.trigger:
        case SpendTrigger(every=int(every), drops=True):
            number, rest = dropping(in_time, every)
            return _numbers(number), rest
        case SpendTrigger(reaches=int(reaches)) as trigger if trigger.within or trigger.within_months:
            number, rest = windows(in_time, reaches, trigger)
            return _numbers(number), rest
        case VisitsTrigger(consecutive=wanted, per=per):
            number, rest = streaks(in_time, wanted, per, plan.timezone)
            return _numbers(number), rest
        case ItemsTrigger(every=every) as trigger:
            units = sum(_bought(trigger, order) for order in counted)
            return _numbers(units // every), units
        case SpendTrigger(every=every, reaches=reaches):
            spent = sum(order.net for order in counted)
            number = spent // every if every else int(spent >= (reaches or 0))
            return [str(n + 1) for n in range(number)], spent
        case OrderTrigger(first=True):
            return ["1"] if counted and not earlier else [], len(counted)
        case OrderTrigger(every=int(every)):
            return [str(n + 1) for n in range(len(counted) // every)], len(counted)
        case _:
            return [order.id for order in counted], len(counted)


def _numbers(count: int) -> list[str]:
    return [str(n + 1) for n in range(count)]


def dropping(orders: list[Order], every: int) -> tuple[int, int]:
    """Return how often the spend crosses the amount where what lies above is dropped, and what is saved up."""
    number = saved = 0
    for order in orders:
        saved += order.net
        if saved >= every:
            while saved >= every:
                number, saved = number + 1, saved - every
            saved = 0
    return number, saved


def windows(orders: list[Order], reaches: int, trigger: SpendTrigger) -> tuple[int, int]:
    """Return how many windows that reach the amount there is room for, and what the last, open one holds."""

    def together(first: Order, last: Order) -> bool:
        begin = datetime.fromtimestamp(first.at / 1000, UTC)
        if trigger.within is not None:
            return last.at - first.at < trigger.within
        month = begin.month % 12 + 1
        year = begin.year + begin.month // 12
        end = begin.replace(year=year, month=month, day=min(begin.day, monthrange(year, month)[1]))
        return datetime.fromtimestamp(last.at / 1000, UTC) < end

    most = [0] * (len(orders) + 1)
    for end in range(1, len(orders) + 1):
        most[end] = most[end - 1]
        for begin in range(end):
            part = orders[begin:end]
            if together(part[0], part[-1]) and sum(order.net for order in part) >= reaches:
                most[end] = max(most[end], most[begin] + 1)
    last = max((n for n in range(1, len(most)) if most[n] > most[n - 1]), default=0)
    return most[-1], sum(order.net for order in orders[last:] if together(order, orders[-1]))


def streaks(orders: list[Order], wanted: int, per: str, zone: str) -> tuple[int, int]:
    """Return how many full rows of periods there are, and how long the last, open one is."""
    days = [datetime.fromtimestamp(order.at / 1000, ZoneInfo(zone)).date() for order in orders]
    if per == "week":
        days = [day - timedelta(days=day.weekday()) for day in days]
    step = timedelta(days=7 if per == "week" else 1)
    runs: list[int] = []
    for day in sorted(set(days)):
        if day - step in days:
            runs[-1] += 1
        else:
            runs.append(1)
    return sum(run // wanted for run in runs), runs[-1] % wanted if runs else 0


def _is_first(plan: Plan) -> bool:
    return isinstance(plan.trigger, OrderTrigger) and plan.trigger.first


def _takes_each(plan: Plan) -> bool:
    trigger = plan.trigger
    return isinstance(trigger, OrderTrigger) and not (trigger.first or trigger.every or plan.once)


def _qualifies(plan: Plan, order: Order) -> bool:
    trigger = plan.trigger
    assert isinstance(trigger, ByOrders)
    if isinstance(trigger, ItemsTrigger):
        takes = _bought(trigger, order) > 0
    else:
        takes = trigger.where is None or order.attributes.get("channel") == "web"
    needed, over = ("paid", None) if not isinstance(trigger, OrderTrigger) else (trigger.status, trigger.over)
    return (
        order.net > (over or 0)
        and order.currency == plan.currency
        and RANK[order.status] >= RANK[needed]
        and takes
        and (plan.ends is None or order.at < _end(plan))
    )


def _counts(plan: Plan, order: Order, since: int) -> bool:
    return plan.count_history if order.history else order.at >= since


def _by_events(
    source: str, plan: Plan, trigger: EventTrigger, items: list[Item], since: int
) -> Iterator[tuple[str, str, str]]:
    for item in items:
        body = item.body
        if body["type"] != trigger.name or millis(body["occurred_at"]) < since:
            continue
        data = body["data"]
        if trigger.where is None or data["rating"] >= 3:
            product = f'product="{data["product"]}"'
            yield plan.campaign, body["customer"], product if trigger.once_per else f"{source}/{body['id']}"


def _end(plan: Plan) -> int:
    """The end of the last day; the campaigns of these tests keep UTC."""
    return millis(f"{plan.ends}T00:00:00+00:00") + 24 * 3600 * 1000


def millis(text: str) -> int:
    """Return the epoch milliseconds of an instant that falls on a whole second."""
    return int(datetime.fromisoformat(text).timestamp()) * 1000


def minor(money: dict[str, str]) -> int:
    """Return the minor units of an amount in a currency of two places."""
    return int(Decimal(money["amount"]) * 100)

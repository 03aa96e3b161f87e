"""Boundaries of triggers that time starts: birthdays, silence, and schedules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.plan.calendar import DAY, add_months, at_or_after, instant, local, resolve
from punchcard.plan.epochs import end
from punchcard.plan.model import After, AfterMonths, Plan
from punchcard.plan.rhythm import Span, served_days
from punchcard.plan.triggers import AnniversaryTrigger, BirthdayTrigger, InactiveTrigger, ScheduleTrigger
from punchcard.trial.boundaries.boundary import MINUTE, Boundary, Posted, beginning

FAR = "Pacific/Kiritimati"  # no clock is further ahead
YEAR = 366 * DAY
LAST = 3000


def of_birthdays(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `birthday`."""
    trigger = plan.trigger
    assert isinstance(trigger, BirthdayTrigger)
    if plan.starts or plan.ends:
        return
    orders, conditional = _good_customer(plan), trigger.where is not None
    for name, born, day, zone in (
        ("a birthday", "1984-05-04", date(2026, 5, 4), plan.timezone),
        ("a birthday where the day begins first", "1984-05-04", date(2026, 5, 4), FAR),
        ("29 February, in a year without it", "1984-02-29", date(2027, 2, 28), plan.timezone),
        ("29 February, in a leap year", "1984-02-29", date(2028, 2, 29), plan.timezone),
    ):
        at = instant(day - timedelta(days=trigger.days_before), trigger.minute, zone)
        profile = {"birthday": born, "timezone": zone}
        case = Boundary(name, orders, 1, arisen=1, begins=at - DAY, runs=DAY, profile=profile)
        case = replace(case, conditional=conditional, by_the_set=False)
        yield case
        yield replace(case, name=f"{name}, a minute before", runs=DAY - MINUTE, standing=0, arisen=0)
        yield replace(case, name=f"{name}, and a year without another one", runs=300 * DAY)


def of_anniversaries(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `anniversary`, where it is that of joining or of the first order."""
    trigger = plan.trigger
    assert isinstance(trigger, AnniversaryTrigger)
    if trigger.of not in ("joining", "first_order") or plan.starts or plan.ends:
        return
    begins = beginning(plan)
    kept = add_months(local(begins, plan.timezone).date(), 12) - timedelta(days=trigger.days_before)
    runs = instant(kept, trigger.minute, plan.timezone) - begins
    case = Boundary("a year later", _good_customer(plan), 1, arisen=1, by_the_set=False, runs=runs)
    case = replace(case, conditional=trigger.where is not None)
    yield case
    yield replace(case, name="a minute before a year is over", runs=runs - MINUTE, standing=0, arisen=0)
    yield replace(case, name="two years later", runs=runs + YEAR, standing=2, arisen=2)


def of_rewards(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive nothing of `reward`: what starts such a campaign is given by another one."""
    yield from ()


def of_segments(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive nothing of `segment`: what lets a customer enter or leave is the segment's own rule."""
    yield from ()


def of_silence(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `inactive`."""
    trigger = plan.trigger
    assert isinstance(trigger, InactiveTrigger)
    if plan.starts or plan.ends:
        return
    begins = beginning(plan) + LAST
    moment = After(trigger.millis) if trigger.millis is not None else AfterMonths(trigger.months or 0)
    elapsed = due = resolve(moment, begins, plan.timezone)
    if trigger.minute is not None:
        due = at_or_after(elapsed, trigger.minute, plan.timezone)
    length = due - begins
    orders = _good_customer(plan)
    case = Boundary("no order for so long", orders, 1, arisen=1, by_the_set=False, runs=LAST + length)
    case = replace(case, conditional=trigger.where is not None)
    yield case
    yield replace(case, name="a minute less", runs=LAST + length - MINUTE, standing=0, arisen=0)
    yield replace(case, name="long after, and still once", runs=LAST + 2 * length)
    late = (*orders, replace(orders[-1], id="late", after=LAST + length - MINUTE))
    runs = LAST + length + elapsed - begins - 2 * MINUTE
    yield replace(case, name="an order a minute before", posted=late, runs=runs, standing=0, arisen=0)
    yield replace(case, name="nobody who has ordered", posted=(), standing=0, arisen=0)


def of_schedules(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `schedule`."""
    trigger = plan.trigger
    assert isinstance(trigger, ScheduleTrigger)
    if trigger.each is not None:
        return
    zones = {plan.timezone: "at its time", FAR: "where the day begins first"}
    for zone, name in zones.items():
        where = zone if trigger.zone == "customer" else plan.timezone
        first = _first(plan, trigger, where)
        if first is None:
            continue
        case = Boundary(name, _good_customer(plan), 1, begins=first - 2 * MINUTE, runs=2 * MINUTE)
        conditional = trigger.where is not None
        case = replace(case, profile={"timezone": zone}, conditional=conditional, by_the_set=False)
        yield replace(case, arisen=1)
        yield replace(case, name=f"{name}, a minute before", runs=MINUTE, standing=0, arisen=0)


def _good_customer(plan: Plan) -> tuple[Posted, ...]:
    """Three orders within some seconds, the last `LAST` milliseconds after the beginning."""
    data = {"amount": {"amount": to_amount(10_000, plan.currency), "currency": plan.currency}}
    return tuple(Posted("order", data, f"o-{number}", number * 1000) for number in range(1, 4))


def _first(plan: Plan, trigger: ScheduleTrigger, zone: str) -> int | None:
    """The first instant of the schedule at which the campaign runs."""
    begins = (
        beginning(plan) if trigger.date is None else instant(date.fromisoformat(trigger.date), 0, zone) - 1
    )
    over = end(plan)
    for minute in sorted(trigger.minutes):
        for served in served_days(Span(begins, begins + YEAR), minute, zone):
            if _fits(trigger, served.day) and (over is None or served.at < over):
                return served.at
    return None


def _fits(trigger: ScheduleTrigger, day: date) -> bool:
    if trigger.date is not None:
        return day.isoformat() == trigger.date
    return (
        (not trigger.days or day.day in trigger.days)
        and (not trigger.months or day.month in trigger.months)
        and (not trigger.weekdays or day.weekday() in trigger.weekdays)
    )

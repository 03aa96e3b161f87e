"""When what comes round is due: birthdays and schedules, as instants within a span of time.

A day is served at its local time of day; in a gap at the next valid instant, in an overlap at the first. Everything
here is a function of the trigger, the zone and the span alone, so it does not matter when or how often it is asked.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from punchcard.plan.calendar import instant, local
from punchcard.plan.triggers import ScheduleTrigger

LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Span:
    """The instants after `after`, up to and with `upto`."""

    after: int
    upto: int

    def __contains__(self, at: int) -> bool:
        return self.after < at <= self.upto

    def days(self, zone: str) -> Iterator[date]:
        """Yield each local day that some instant of the span may be served on; in a gap that is the day before."""
        day = local(self.after, zone).date() - timedelta(days=1)
        last = local(self.upto, zone).date()
        while day <= last:
            yield day
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Served:
    """A day that is due at an instant: `day` is the local day on which it is served."""

    day: date
    minute: int
    at: int

    def where(self, zone: str) -> int:
        """Return when the day is served by another zone's clock."""
        return instant(self.day, self.minute, zone)


def kept_on(month: int, day: int, year: int) -> date:
    """Return the day on which a birthday is kept in a year: 29 February on the 28th where there is no 29th."""
    if (month, day) == LEAP_DAY and not isleap(year):
        return date(year, 2, 28)
    return date(year, month, day)


def kept_days(on: date) -> tuple[str, ...]:
    """Return the birthdays, as `MM-DD`, that are kept on a day."""
    own = f"{on:%m-%d}"
    return (own, "02-29") if own == "02-28" and not isleap(on.year) else (own,)


def served_days(span: Span, minute: int, zone: str) -> list[Served]:
    """Return the local days whose time of day lies in the span."""
    found = (Served(day, minute, instant(day, minute, zone)) for day in span.days(zone))
    return [each for each in found if each.at in span]


def scheduled(trigger: ScheduleTrigger, starts: str | None, span: Span, zone: str) -> list[Served]:
    """Return when a schedule is due within the span, in the order of time; `starts` is the campaign's first day."""
    found = [
        Served(day, minute, instant(day, minute, zone))
        for day in span.days(zone)
        if is_on(trigger, starts, day)
        for minute in trigger.minutes
    ]
    return sorted((each for each in found if each.at in span), key=lambda each: each.at)


def is_on(trigger: ScheduleTrigger, starts: str | None, day: date) -> bool:
    """Whether a schedule is due on a local day."""
    if trigger.date is not None:
        return day.isoformat() == trigger.date
    if trigger.each is not None:
        passed = -1 if starts is None else (day - date.fromisoformat(starts)).days
        return passed >= 0 and passed % trigger.each == 0
    return (
        (not trigger.days or day.day in trigger.days)
        and (not trigger.months or day.month in trigger.months)
        and (not trigger.weekdays or day.weekday() in trigger.weekdays)
    )

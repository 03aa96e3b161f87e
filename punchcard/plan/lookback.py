"""How far back a question to the facts looks: milliseconds, or months of the calendar (`3 months`)."""

from __future__ import annotations

import re
from datetime import timedelta

from punchcard.plan.calendar import add_months, resolve
from punchcard.plan.clockwork import instant, local
from punchcard.plan.conditions import Field, Value
from punchcard.plan.model import AfterMonths

_MONTHS = re.compile(r"([0-9]+) months")


def in_months(count: int) -> str:
    """Return calendar months as the argument of a question."""
    return f"{count} months"


def months_of(back: Value) -> int | None:
    """Return the months of the calendar; None for milliseconds."""
    found = _MONTHS.fullmatch(back) if isinstance(back, str) else None
    return int(found[1]) if found else None


def looks_back_months(fields: tuple[Field, ...]) -> bool:
    """Whether one of the questions counts by the calendar, and so by a zone."""
    return any(months_of(argument) is not None for field in fields for argument in field.arguments)


def since(back: Value, at: int, zone: str) -> int:
    """Return the instant after which something lies that a question counts at an instant, in a zone.

    It never moves backwards as time goes on, so that what is too old does not count again: where the month has no such
    day (three months before 31 May), that month is over; and an hour that clocks show twice goes to its end at once.
    """
    months = months_of(back)
    if months is None:
        return at - int(str(back))
    while local(at, zone).fold:
        at += 60_000 - at % 60_000
    today = local(at, zone).date()
    day = add_months(today, -months)
    if day.day != today.day:
        return instant(day + timedelta(days=1), 0, zone) - 1
    return resolve(AfterMonths(-months), at, zone)


def leaves(back: Value, at: int, zone: str) -> int:
    """Return from when on something that happened at an instant is not counted any more, in a zone."""
    months = months_of(back)
    if months is None:
        return at + int(str(back))
    here = local(at, zone).date()
    day = add_months(here, months)
    if day.day != here.day:
        return instant(day + timedelta(days=1), 0, zone)
    return resolve(AfterMonths(months), at, zone)

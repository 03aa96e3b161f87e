"""Counting in working time: days on which the shop works, and the hours in which it does.

What comes outside of working time counts from its next beginning: on Friday evening from Monday morning.
"""

from __future__ import annotations

from datetime import date, timedelta

from punchcard.plan.clockwork import instant, local
from punchcard.plan.model import WorkingTime

MINUTE = 60_000


def after_days(working: WorkingTime, at: int, days: int) -> int:
    """Return the same time of day so many working days later."""
    day, millis = _begin(working, at)
    for _ in range(days):
        day = _next(working, day)
    minute, rest = divmod(millis, MINUTE)
    return instant(day, minute, working.zone) + rest


def after_time(working: WorkingTime, at: int, millis: int) -> int:
    """Return when so much working time has passed."""
    day, begin = _begin(working, at)
    minute, rest = divmod(begin, MINUTE)
    now = max(at, instant(day, minute, working.zone) + rest)
    while True:
        left = _closes(working, day) - now
        if millis <= left:
            return now + millis
        millis -= max(left, 0)
        day = _next(working, day)
        now = instant(day, working.start, working.zone)


def works(working: WorkingTime, day: date) -> bool:
    """Whether the shop works on a day."""
    iso = day.isoformat()
    free = iso in working.holidays or iso[5:] in working.holidays
    return day.weekday() in working.weekdays and not free


def _begin(working: WorkingTime, at: int) -> tuple[date, int]:
    """The working day from which an instant counts, and the milliseconds since its midnight by the clock."""
    here = local(at, working.zone)
    day = here.date()
    millis = ((here.hour * 60 + here.minute) * 60 + here.second) * 1000 + here.microsecond // 1000
    if works(working, day) and millis < working.end * MINUTE:
        return day, max(millis, working.start * MINUTE)
    return _next(working, day), working.start * MINUTE


def _next(working: WorkingTime, day: date) -> date:
    """The next working day; the calendar's limits leave one in each year."""
    day += timedelta(days=1)
    while not works(working, day):
        day += timedelta(days=1)
    return day


def _closes(working: WorkingTime, day: date) -> int:
    ends_on, minute = (day, working.end) if working.end < 24 * 60 else (day + timedelta(days=1), 0)
    return instant(ends_on, minute, working.zone)

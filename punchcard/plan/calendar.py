"""Business time: moments and periods turned into instants, in a zone, by its offsets at the target date.

In a gap the next valid instant counts, in an overlap the first (LANGUAGE, *Time*). Instants are epoch
milliseconds. This runs inside a commit, whose result is recorded, so new zone data never alters a replay.
"""

from __future__ import annotations

import calendar as months_of
from datetime import date, timedelta

from punchcard.plan.clockwork import DAY, instant, local, to_datetime, to_millis
from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    DayBeside,
    Digest,
    EndOfDayAfter,
    Limit,
    Moment,
    NextTime,
    OnDate,
    Period,
    QuietHours,
    WorkingDays,
    WorkingHours,
    WorkingTime,
)
from punchcard.plan.working import after_days, after_time

LONGEST_MONTH = 31

__all__ = [
    "DAY",
    "add_months",
    "at_or_after",
    "closing",
    "fits",
    "instant",
    "local",
    "period_at",
    "prolonged",
    "quiet_until",
    "reach",
    "resolve",
    "room",
    "to_datetime",
    "to_millis",
]


def resolve(moment: Moment, at: int, zone: str, working: WorkingTime | None = None) -> int:
    """Return the instant of a moment, seen from `at`; TypeError for one that only the instance's names know.

    What is named beside another instant is seen from that. Working time is counted by the calendar `working`, in its
    own zone.
    """
    here = local(at, zone)
    match moment:
        case After(millis=millis):
            return at + millis
        case AfterMonths(months=count) | Beside(shift=0, months=count):
            day = add_months(here.date(), count)
            return (
                instant(day, here.hour * 60 + here.minute, zone)
                + here.second * 1000
                + here.microsecond // 1000
            )
        case OnDate(date=day_text, minute=minute):
            return instant(date.fromisoformat(day_text), minute, zone)
        case NextTime(minute=minute, weekday=weekday):
            return _next_time(at, here.date(), minute, weekday, zone)
        case EndOfDayAfter(days=days, months=count) | DayBeside(days=days, months=count, minute=None):
            return instant(add_months(here.date(), count) + timedelta(days=days + 1), 0, zone) - 1
        case DayBeside(days=days, months=count, minute=int(minute)):
            return instant(add_months(here.date(), count) + timedelta(days=days), minute, zone)
        case WorkingDays(days=days) if working is not None:
            return after_days(working, at, days)
        case WorkingHours(millis=millis) if working is not None:
            return after_time(working, at, millis)
    raise TypeError(f"{type(moment).__name__} has no instant without an instance or a calendar")


def at_or_after(at: int, minute: int, zone: str) -> int:
    """Return the first instant from `at` on at which it is that time of day in a zone."""
    return resolve(NextTime(minute), at - 1, zone)


def prolonged(moment: Moment, end: int, from_: int, to: int, zone: str) -> int:
    """Return when something ends for which the time between two instants does not count.

    It is good for as long again as it was left, and where its terms end with a local day, to the end of that day. A
    date stays, and so does what had ended before.
    """
    if end <= from_ or isinstance(moment, OnDate):
        return end
    later = end + to - from_
    match moment:
        case EndOfDayAfter() | DayBeside(minute=None):
            return resolve(EndOfDayAfter(), later, zone)
        case _:
            return later


def closing(digest: Digest, opened: int, zone: str) -> int:
    """Return when a batch that was opened at an instant closes in a zone."""
    earliest = resolve(digest.span, opened, zone)
    if digest.minute is None:
        return earliest
    return _next_time(earliest - 1, local(earliest - 1, zone).date(), digest.minute, None, zone)


def quiet_until(quiet: QuietHours, at: int, zone: str) -> int | None:
    """Return when the quiet hours that hold an instant end in a zone; None outside of them."""
    today = local(at, zone).date()
    for day in (today - timedelta(days=1), today):
        end = instant(day if quiet.start < quiet.end else day + timedelta(days=1), quiet.end, zone)
        if instant(day, quiet.start, zone) <= at < end:
            return end
    return None


def room(limit: Limit, at: int, others: list[int], zone: str) -> int:
    """Return the first instant from `at` on at which one more beside `others` does not exceed the limit."""
    if fits(limit, at, [each for each in others if _together(limit, at, each, zone)], zone):
        return at
    if limit.moves is not None:
        freed = sorted(then for other in others if (then := resolve(limit.moves, other, zone)) > at)
        return next(then for then in freed if fits(limit, then, others, zone))
    assert limit.period is not None, "a limit for good has no room later"
    _, end = _period(limit.period, local(at, zone).date())
    return instant(end, 0, zone)


def _together(limit: Limit, at: int, other: int, zone: str) -> bool:
    start, end = reach(limit, at, zone)
    return start <= other < end


def add_months(day: date, count: int) -> date:
    """Return the same day `count` months later, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + count
    year, month = index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, months_of.monthrange(year, month)[1]))


def reach(limit: Limit, at: int, zone: str) -> tuple[int, int]:
    """Return the half-open [from, to) outside of which nothing shares a window of the limit with one at `at`."""
    if limit.rolling is not None:
        return at - limit.rolling + 1, at + limit.rolling
    if limit.months is not None:
        longest = (limit.months * LONGEST_MONTH + 1) * DAY
        return at - longest, at + longest
    if limit.period is None:
        return -(1 << 62), 1 << 62
    return period_at(limit.period, at, zone)


def period_at(period: Period, at: int, zone: str) -> tuple[int, int]:
    """Return the half-open [from, to) of the calendar's period that holds an instant in a zone."""
    start, end = _period(period, local(at, zone).date())
    return instant(start, 0, zone), instant(end, 0, zone)


def fits(limit: Limit, at: int, others: list[int], zone: str) -> bool:
    """Whether an occasion at `at` beside `others` within its reach exceeds the limit in no window."""
    if limit.moves is None:
        return len(others) < limit.count
    instants = [*others, at]
    windows = [(begin, resolve(limit.moves, begin, zone)) for begin in instants if begin <= at]
    fullest = max(sum(begin <= each < end for each in instants) for begin, end in windows if at < end)
    return fullest <= limit.count


def _period(period: Period, day: date) -> tuple[date, date]:
    """The first day of the calendar period that holds `day`, and the first day after it."""
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    if period == "day":
        return day, day + timedelta(days=1)
    length = 12 if period == "year" else 3 if period == "quarter" else 1
    first = day.replace(month=(day.month - 1) // length * length + 1, day=1)
    return first, add_months(first, length)


def _next_time(at: int, today: date, minute: int, weekday: int | None, zone: str) -> int:
    for ahead in range(9):
        day = today + timedelta(days=ahead)
        found = instant(day, minute, zone)
        if found > at and weekday in (None, day.weekday()):
            return found
    raise AssertionError("a week has seven days")

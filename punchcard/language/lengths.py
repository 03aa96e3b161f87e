"""How much time a moment is ahead, at the least and at the most: what can be known of it without a calendar."""

from __future__ import annotations

from punchcard.language.durations import DAY, HOUR
from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    DayBeside,
    EndOfDayAfter,
    Millis,
    Moment,
    WorkingDays,
    WorkingHours,
)

# Longer than anything that is waited for.
FOREVER: Millis = 1 << 60
SHORTEST_MONTH, LONGEST_MONTH = 28 * DAY, 31 * DAY


def shortest(moment: Moment) -> Millis:
    """Return the least time that passes up to a moment; nothing for one that may come at once."""
    match moment:
        case After(millis=millis) | WorkingHours(millis=millis):
            return millis
        case AfterMonths(months=months):
            return months * SHORTEST_MONTH
        case WorkingDays(days=days):
            return days * DAY - HOUR  # clocks may be put forward meanwhile
        case _:
            return 0


def longest(moment: Moment) -> Millis:
    """Return the most time that can pass up to a moment; the end of a day may lie 25 hours ahead."""
    match moment:
        case After(millis=millis):
            return millis
        case EndOfDayAfter(days=days, months=months):
            return (days + 1) * DAY + months * LONGEST_MONTH + HOUR
        case _:
            return FOREVER


def behind(moment: Beside | DayBeside) -> Millis:
    """Return the most by which a moment lies behind the one that it is named beside; less than 0 if before it."""
    months = moment.months * (SHORTEST_MONTH if moment.months < 0 else LONGEST_MONTH)
    return months + (moment.shift if isinstance(moment, Beside) else (moment.days + 1) * DAY)

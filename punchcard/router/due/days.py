"""Days of the year that come round: where on Earth they may be served, and when the search goes on."""

from __future__ import annotations

from datetime import date, timedelta

from punchcard.plan.rhythm import Span, kept_days

# No place is further from UTC, and every zone's distance is a multiple of a quarter of an hour.
WEST, EAST = "Etc/GMT+12", "Etc/GMT-14"
QUARTER = 15 * 60 * 1000
# A day on which clocks are put back, in any zone and with room.
LONGEST_DAY = 26 * 3600 * 1000


def days_anywhere(span: Span, days_before: int) -> list[date]:
    """Return the days that may be celebrated within the span somewhere on Earth, so many days ahead."""
    days = {*span.days(WEST), *span.days(EAST)}
    return sorted(day + timedelta(days=days_before) for day in days)


def kept_anywhere(span: Span, days_before: int) -> list[str]:
    """Return every day, as `MM-DD`, that may be kept within the span somewhere on Earth."""
    return sorted({kept for day in days_anywhere(span, days_before) for kept in kept_days(day)})


def next_quarter(minute: int, after: int) -> int:
    """Return the next instant at which it is that time of day somewhere."""
    offset = minute * 60_000 % QUARTER
    return after - (after - offset) % QUARTER + QUARTER

"""Times of day that the campaign's zone skips when its clocks are put forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from punchcard.language.grammar import Context
from punchcard.language.nodes import Span
from punchcard.plan.calendar import instant, local

# The rules of zones are looked at in these years: they repeat, and a check must not depend on the day it is made.
YEARS = (2026, 2027)


def warn_of_skipped(
    context: Context, span: Span, minutes: Iterable[int], on: Iterable[str] | None = None
) -> None:
    """Say so where a time does not exist on one of the days, or else on any day of the usual years."""
    for minute in minutes:
        days = _forward(context.timezone) if on is None else tuple(map(date.fromisoformat, on))
        day = next((day for day in days if _is_skipped(day, minute, context.timezone)), None)
        if day is None:
            continue
        wall = f"{minute // 60:02}:{minute % 60:02}"
        taken = local(instant(day, minute, context.timezone), context.timezone)
        context.findings.add(
            "PC1711",
            span,
            f"on {day} there is no {wall} in {context.timezone}, so it comes at {taken:%H:%M} then",
            expected="another time of day, if that matters",
        )
        return


def _is_skipped(day: date, minute: int, zone: str) -> bool:
    found = local(instant(day, minute, zone), zone)
    return (found.date(), found.hour * 60 + found.minute) != (day, minute)


@cache
def _forward(zone: str) -> tuple[date, ...]:
    """The days on which a zone's clocks are put forward."""
    first, last = date(YEARS[0], 1, 1), date(YEARS[1] + 1, 1, 1)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    midnights = [instant(day, 0, zone) for day in days]
    pairs = zip(days, midnights, midnights[1:], strict=False)
    return tuple(day for day, begin, end in pairs if end - begin < 24 * 3600 * 1000)

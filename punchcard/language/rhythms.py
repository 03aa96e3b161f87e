"""Rhythms as text: `every: monday`, `every: 2 weeks`, and the five fields of `cron`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from punchcard.language.durations import duration
from punchcard.language.moments import WEEKDAYS
from punchcard.language.nearest import nearest
from punchcard.language.unfit import Unfit

DAYS: Mapping[str, int] = MappingProxyType({"day": 1, "week": 7})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PART = re.compile(
    r"(?P<low>\*|[0-9]{1,2}|[a-z]{3})(?:-(?P<high>[0-9]{1,2}|[a-z]{3}))?(?:/(?P<step>[0-9]{1,2}))?"
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """On which days, empty ones allowing each, or every so many days; and at which minutes, where it says so."""

    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    each: int | None = None
    minutes: tuple[int, ...] = ()


PERIODS: Mapping[str, Rhythm] = MappingProxyType(
    {
        "day": Rhythm(),
        **{name: Rhythm(weekdays=(number,)) for number, name in enumerate(WEEKDAYS)},
        "month": Rhythm(days=(1,)),
        "quarter": Rhythm(days=(1,), months=(1, 4, 7, 10)),
        "year": Rhythm(days=(1,), months=(1,)),
    }
)


def every(text: str) -> Rhythm | Unfit:
    """Read `day`, `monday`, `month`, or a number of days or weeks, which are counted from the campaign's first day."""
    found = PERIODS.get(text)
    if found is not None:
        return found
    span = duration(text)
    if span is not None and span.unit in DAYS and span.count:
        return Rhythm(each=span.count * DAYS[span.unit])
    meant = "monday" if text == "week" else nearest(text.lower(), PERIODS)
    return Unfit(
        "PC1231",
        f"`{text}` is not a rhythm",
        "day, a weekday such as monday, month, quarter, year, or 2 weeks counted from `starts`",
        meant,
    )


def cron(text: str) -> Rhythm | Unfit:
    """Read minute, hour, day of the month, month and day of the week."""
    fields = text.lower().split()
    if len(fields) != len(FIELDS):
        return _unfit(text, f"has {len(fields)} fields")
    values: list[tuple[int, ...]] = []
    for field, (name, low, high, words) in zip(fields, FIELDS, strict=True):
        found = _field(field, low, high, words)
        if found is None:
            return _unfit(text, f"has no {name} in `{field}`")
        values.append(found)
    minutes, hours, days, months, weekdays = values
    if len(minutes) != 1:
        return _unfit(text, "would come round more than once an hour")
    if days and weekdays:
        return _unfit(text, "names days of the month and of the week, which can be read in two ways")
    return Rhythm(
        days=days,
        months=months,
        weekdays=tuple(sorted({(day - 1) % 7 for day in weekdays})),
        minutes=tuple(hour * 60 + minutes[0] for hour in hours or range(24)),
    )


FIELDS = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 0, 7, ("sun", *(name[:3] for name in WEEKDAYS))),
)


def _field(text: str, low: int, high: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """The values of one field, none for `*`; None if it cannot be read."""
    if text == "*":
        return ()
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        first = low if match["low"] == "*" else _value(match["low"], low, words)
        last = high if match["low"] == "*" else first
        if match["high"]:
            last = _value(match["high"], low, words)
        elif match["step"]:
            last = high
        if first is None or last is None or not low <= first <= last <= high or match["step"] == "0":
            return None
        found.update(range(first, last + 1, int(match["step"] or 1)))
    return tuple(sorted(found))


def _value(text: str, low: int, words: tuple[str, ...]) -> int | None:
    if text.isdecimal():
        return int(text)
    return words.index(text) + low if text in words else None


def _unfit(text: str, why: str) -> Unfit:
    return Unfit(
        "PC1232",
        f"`{text}` {why}",
        "minute, hour, day of the month, month and day of the week, such as 0 9 * * mon",
    )

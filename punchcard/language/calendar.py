"""The programme's `calendar`: when the shop works."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from punchcard.language.arguments import read_fields
from punchcard.language.grammar import Argument, Context, Keys, Kind, Many, Text
from punchcard.language.kinds import items, scalar, simple
from punchcard.language.moments import WEEKDAYS, clock_time, likely_date, likely_hours
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Node
from punchcard.language.unfit import Unfit
from punchcard.plan.model import WorkingTime

MOST_HOLIDAYS = 300
MOST_EACH_YEAR = 60
_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})\.\.([0-9]{1,2}:[0-9]{2})")
_YEARLY = re.compile(r"[0-9]{2}-[0-9]{2}")


def _days(node: Node, context: Context) -> tuple[int, ...] | None:
    """Read weekdays: some of them, or from one to another."""
    found: list[int] = []
    failed = False
    for item in items(node):
        written = scalar(item, context, "a weekday such as monday, or monday..friday")
        days = None if written is None else _weekdays(written.value)
        if written is not None and days is None:
            failed = True
            context.findings.add(
                "PC1222",
                written.span,
                f"`{written.value}` is no weekday",
                expected=f"{listed(WEEKDAYS)}, or from one to another: monday..friday",
                suggestion=_likely_days(written.value),
            )
        found += days or ()
        failed = failed or written is None
    return None if failed or not found else tuple(sorted(set(found)))


def _weekdays(text: str) -> tuple[int, ...] | None:
    first, _, last = text.lower().partition("..")
    if first not in WEEKDAYS or (last and last not in WEEKDAYS):
        return None
    begin = WEEKDAYS.index(first)
    length = (WEEKDAYS.index(last) - begin) % 7 if last else 0
    return tuple((begin + ahead) % 7 for ahead in range(length + 1))


def _likely_days(text: str) -> str | None:
    words = [nearest(word, WEEKDAYS) for word in re.findall(r"[A-Za-z]+", text) if word.lower() != "to"]
    return "..".join(word for word in words if word) if words and all(words) and len(words) <= 2 else None


def _hours(text: str) -> tuple[int, int] | Unfit:
    found = _HOURS.fullmatch(text)
    times = [clock_time(each) for each in found.groups()] if found else []
    if len(times) == 2 and times[0] is not None and times[1] is not None:
        if times[0] < times[1]:
            return times[0], times[1]
        return Unfit("PC1222", f"`{text}` ends before it begins", "two times of one day such as 09:00..17:00")
    expected = "two times of one day such as 09:00..17:00"
    return Unfit("PC1222", f"`{text}` are no hours of work", expected, likely_hours(text))


def _holidays(node: Node, context: Context) -> tuple[str, ...] | None:
    """Read days on which nobody works: dates, and days of each year."""
    found: list[str] = []
    failed = False
    for item in items(node):
        written = scalar(item, context, "a date such as 2026-12-25, or 12-25 for each year")
        if written is None:
            failed = True
            continue
        each_year = _YEARLY.fullmatch(written.value) is not None
        if _is_day(f"2024-{written.value}" if each_year else written.value):
            found.append(written.value)
            continue
        failed = True
        context.findings.add(
            "PC1222",
            written.span,
            f"there is no day `{written.value}`",
            expected="a date such as 2026-12-25, or 12-25 for each year",
            suggestion=_likely_day(written.value),
        )
    yearly = sum(_YEARLY.fullmatch(each) is not None for each in found)
    if yearly > MOST_EACH_YEAR or len(found) > MOST_HOLIDAYS:
        expected = f"at most {MOST_HOLIDAYS}, of which {MOST_EACH_YEAR} each year"
        context.findings.add("PC1209", node.span, f"these are {len(found)} holidays", expected=expected)
        return None
    return None if failed else tuple(dict.fromkeys(found))


def _likely_day(text: str) -> str | None:
    """Return the day that `25.12.` or `25.12.2026` means."""
    each_year = re.fullmatch(r"([0-3]?[0-9])\.\s?([01]?[0-9])\.", text)
    return f"{each_year[2]:0>2}-{each_year[1]:0>2}" if each_year else likely_date(text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


DAYS = Argument(
    "days",
    Kind(
        "one or several weekdays",
        ("monday..friday", "[monday, thursday]"),
        _days,
        shape=Many(simple("a weekday", ("monday..friday", "monday"), lambda text: text), alone=True),
    ),
    "on which days of the week the shop works",
    default="monday..friday",
)
HOURS = Argument(
    "hours",
    simple("hours of the day", ("09:00..17:00",), _hours, shape=Text(_HOURS.pattern)),
    "from when to when it does, by the clock of the campaign's zone",
    default="the whole day",
)
HOLIDAYS = Argument(
    "holidays",
    Kind(
        "one or several days",
        ("2026-11-26", "[2026-11-26, 12-25]"),
        _holidays,
        shape=Many(
            simple(
                "a day", ("2026-11-26", "12-25"), lambda text: text, Text("(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}")
            ),
            alone=True,
        ),
    ),
    "days on which it does not: dates, and days of each year",
    default="none",
)
CALENDAR_ARGUMENTS: tuple[Argument[Any], ...] = (DAYS, HOURS, HOLIDAYS)


def _calendar(node: Node, context: Context) -> WorkingTime | None:
    """Read when the shop works; the zone is that of the campaign that counts by it."""
    if isinstance(node, Broken):
        return None
    fields = read_fields("`calendar`", node, CALENDAR_ARGUMENTS, context, head=node.span)
    if any(fields.has(each) and fields.get(each) is None for each in CALENDAR_ARGUMENTS):
        return None
    default = WorkingTime("UTC")
    start, end = fields.get(HOURS) or (default.start, default.end)
    days, holidays = fields.get(DAYS) or default.weekdays, fields.get(HOLIDAYS) or ()
    return WorkingTime("UTC", days, start, end, holidays)


CALENDAR = Argument(
    "calendar",
    Kind(
        "a calendar",
        ("{days: monday..friday, hours: 09:00..17:00, holidays: [2026-11-26, 12-25]}",),
        _calendar,
        shape=Keys(CALENDAR_ARGUMENTS),
    ),
    "when the shop works: what `working days` and `working hours` count by",
    default="none: campaigns cannot count in working time",
)

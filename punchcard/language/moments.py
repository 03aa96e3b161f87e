"""Points in time as text: `09:00`, `2026-05-04`, `monday at 09:00`, `3 days before coupon.expires at 10:00`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from punchcard.language.durations import Duration, duration, in_digits, likely
from punchcard.language.names import in_condition
from punchcard.language.nearest import listed, nearest, one_of
from punchcard.language.scope import Gift, Scope
from punchcard.language.unfit import Unfit
from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    DayBeside,
    EndOfDayAfter,
    Moment,
    NextTime,
    OnDate,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = r"([01]?[0-9]|2[0-3]):([0-5][0-9])"
CLOCK = re.compile(_TIME)
_DATE = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:(?: at)? {_TIME})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_AND_TIME = re.compile(rf"({DAY.pattern})[T ](.*)")
_WEEKDAY = re.compile(rf"([a-z]+)(?: at {_TIME})?", re.IGNORECASE)
_BESIDE = re.compile(
    rf"(?:(.+?)\s+(before|after)\s+)?([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)(?:(?: at)? {_TIME})?"
)
BESIDE_PATTERN = (
    r"([0-9]{1,6} [a-z]+ (before|after) )?[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*( at [0-9]{1,2}:[0-9]{2})?"
)
_ENDS_WITH_PERIOD = re.compile(r"\bend of\b|\b(?:this|next) (?:week|month|quarter|year)\b", re.IGNORECASE)
LAST_MINUTE = 24 * 60 - 1


def span_of_time(text: str) -> Duration | Unfit:
    """Read a span such as `7 days`."""
    found = duration(text)
    if found is None and re.search(r"working\s+(day|hour)", in_digits(text)):
        reason = f"`{text}` is working time, which only waits count in"
        return Unfit("PC1203", reason, "a span such as 90 minutes, 7 days or 6 months")
    if found is None:
        return Unfit(
            "PC1203",
            f"`{text}` is not a span of time",
            "a span such as 90 minutes, 7 days or 6 months",
            likely(text),
        )
    if found.count == 0:
        return Unfit("PC1203", f"`{text}` is no time at all", "a span of at least 1 minute")
    if found.too_long:
        return Unfit("PC1203", f"`{text}` is longer than any campaign can mean", "at most 20 years")
    return found


def ahead(text: str) -> After | AfterMonths | Unfit:
    """Read a span as the moment that lies so far ahead."""
    found = span_of_time(text)
    return found if isinstance(found, Unfit) else found.moment


def expiry(text: str, scope: Scope) -> Moment | Unfit:
    """Read when a reward expires: days and months end with the local day, hours do not."""
    bare = " ".join(text.split())
    day = iso_date(bare)
    if isinstance(day, date):
        return OnDate(day.isoformat(), LAST_MINUTE)
    if isinstance(day, Unfit):
        return day
    beside = _BESIDE.fullmatch(bare)
    if beside:
        return _beside(beside, scope, ends=True)
    found = span_of_time(bare)
    if isinstance(found, Unfit):
        written = duration(bare) is not None
        either = "a span such as 30 days or 6 months, a date such as 2026-12-31, or 7 days after occasion.occurred_at"
        if _ENDS_WITH_PERIOD.search(bare):
            reason = f"`{bare}`: a code ends with a day that is counted or named, not with a week, month or quarter"
            return Unfit("PC1203", reason, either)
        timed = _DATE_AND_TIME.fullmatch(bare)
        if timed is not None:
            reason = f"`{bare}` has a time of day, and a code ends with the whole day"
            return Unfit("PC1207", reason, either, timed[1])
        if likely_date(bare):
            return Unfit("PC1207", f"`{bare}` is not a date", either, likely_date(bare))
        return found if written else replace(found, expected=either)
    if found.days is not None:
        return EndOfDayAfter(days=found.days)
    if found.months is not None:
        return EndOfDayAfter(months=found.months)
    return found.moment


def iso_date(text: str) -> date | Unfit | None:
    """Read `2026-05-04`; Unfit if there is no such day, None if it is not written like a date."""
    if not DAY.fullmatch(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return Unfit("PC1207", f"there is no day {text.strip()}", "a date such as 2026-05-04")


def likely_date(text: str) -> str | None:
    """Return the day that `24.12.2026` or `12/31/2026` means; None where day and month could be either."""
    german = re.fullmatch(r"([0-3]?[0-9])\.\s?([01]?[0-9])\.\s?((?:19|20)[0-9]{2})", text.strip())
    american = re.fullmatch(r"([01]?[0-9])/(1[3-9]|2[0-9]|3[01])/((?:19|20)[0-9]{2})", text.strip())
    if german is None and american is None:
        timed = _DATE_AND_TIME.fullmatch(text.strip())
        return timed[1] if timed else None
    day, month, year = (
        german.groups() if german else (american[2], american[1], american[3]) if american else ()
    )
    return f"{year}-{month:0>2}-{day:0>2}"


def moment(text: str, scope: Scope) -> Moment | Unfit:
    """Read a point in time that may refer to a reward of the scope."""
    bare = " ".join(text.split())
    clock = CLOCK.fullmatch(bare)
    if clock:
        return NextTime(_minute(*clock.groups()))
    dated = _DATE.fullmatch(bare)
    if dated:
        day = iso_date(dated.group(1))
        return day if isinstance(day, Unfit) else OnDate(dated.group(1), _minute(*dated.groups()[1:]))
    weekday = _WEEKDAY.fullmatch(bare)
    if weekday and weekday.group(1).lower() in WEEKDAYS:
        return NextTime(_minute(*weekday.groups()[1:]), WEEKDAYS.index(weekday.group(1).lower()))
    beside = _BESIDE.fullmatch(bare)
    if beside:
        return _beside(beside, scope)
    return _not_a_moment(bare)


def clock_time(text: str) -> int | None:
    """Read a time of day such as `09:00` as minutes since midnight; None if it is not written like this."""
    found = CLOCK.fullmatch(text.strip())
    return _minute(*found.groups()) if found else None


def likely_clock_time(text: str) -> str | None:
    """Return how a mistaken time of day was probably meant: `9`, `9 am`, `9.30`, `6pm`."""
    found = re.fullmatch(r"([0-9]{1,2})(?:[.:h]([0-9]{2}))?\s*(am|pm|uhr|h)?", text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] == "pm" and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def likely_hours(text: str) -> str | None:
    """Return how a mistaken span of the day was probably meant: `9pm-8am`, `9 to 17`, `21..8`."""
    found = re.fullmatch(r"(.+?)\s*(?:-|–|to|until|\.\.\.?|…)\s*(.+)", text.strip())
    times = [likely_clock_time(each) for each in found.groups()] if found else []
    return "..".join(time for time in times if time) if times and all(times) else None


def _minute(hour: str | None, minute: str | None) -> int:
    return int(hour or 0) * 60 + int(minute or 0)


def _not_a_moment(text: str) -> Unfit:
    expected = (
        "a point in time such as 2026-05-04, monday at 09:00, coupon.expires, 3 days before coupon.expires at 10:00 "
        "or 7 days after occasion.occurred_at"
    )
    if duration(text) or likely(text):
        return Unfit(
            "PC1207",
            f"`{text}` is a span, and `until` asks for a point in time",
            expected,
            f"up_to: {likely(text) or text}",
        )
    return Unfit("PC1207", f"`{text}` is not a point in time", expected, _likely_moment(text))


def _likely_moment(text: str) -> str | None:
    """Return how a mistaken point in time was probably meant: `9am`, `Mondays at 9`, `2026-12-24T18:00`."""
    dated = _DATE_AND_TIME.fullmatch(text)
    first, _, rest = text.partition(" ")
    day = dated[1] if dated else likely_date(first) or nearest(first.removesuffix("s"), WEEKDAYS)
    clock = likely_clock_time((dated[2] if dated else rest if day else text).removeprefix("at "))
    if day is None or not (dated or rest):
        return day or clock
    return None if clock is None else f"{day} {clock}" if DAY.fullmatch(day) else f"{day} at {clock}"


def _beside(found: re.Match[str], scope: Scope, *, ends: bool = False) -> Moment | Unfit:
    """Read what is named beside another moment; of what `ends` there, days and months end with the local day."""
    written, side, name, key, *clock = found.groups()
    names = in_condition(scope)
    if names.get(f"{name}.{key}") != "moment":
        return _no_instant(name, key, names, scope)
    minute = _minute(*clock) if clock[0] is not None else None
    if written is None:
        return DayBeside(name, key, minute=minute) if ends or minute is not None else Beside(name, key)
    span = span_of_time(written)
    if isinstance(span, Unfit):
        meant = found[0].replace(written, span.suggestion, 1) if span.suggestion else None
        return replace(span, suggestion=meant)
    sign = -1 if side == "before" else 1
    if minute is not None and span.days is None and span.months is None:
        return Unfit(
            "PC1207",
            f"`{written}` {side} a moment has its own time of day",
            f"either `{written} {side} {name}.{key}`, or days, weeks or months with a time of day",
        )
    if minute is not None or (ends and span.millis is None) or (ends and span.days is not None):
        return DayBeside(name, key, sign * (span.days or 0), sign * (span.months or 0), minute)
    return Beside(name, key, sign * (span.millis or 0), sign * (span.months or 0))


def _no_instant(name: str, key: str, names: Mapping[str, str], scope: Scope) -> Unfit:
    made = scope.made.get(name)
    if isinstance(made, Gift) and key == "expires":
        return never_expires(name)
    instants = [each for each, kind in names.items() if kind == "moment"]
    same = [each for each in instants if each.endswith(f".{key}")]
    meant = same[0] if same else nearest(f"{name}.{key}", instants)
    if name in ("event", "order", "inputs", "batch", "given") and f"{name}.{key}" not in names:
        reason = f"`{name}.{key}` is not a point in time: what is posted brings texts, numbers, amounts and yes or no"
        expected = f"{listed(instants)}; for another day, an event that is posted when it is time"
        return Unfit("PC1207", reason, expected, meant)
    if made is None and f"{name}.{key}" not in names:
        unfit = unknown_maker(name, scope, Gift)
        return replace(unfit, suggestion=meant or unfit.suggestion)
    fitting = listed(instants) or "a point in time"
    if names.get(f"{name}.{key}") == "date":
        reason = f"`{name}.{key}` differs from customer to customer, and steps cannot wait for such a day"
        expected = f"{fitting}; a fixed day is written as 2026-05-04 18:30"
        return Unfit("PC1207", reason, f"{expected}; or an event that is posted when it is time", meant)
    return Unfit("PC1207", f"`{name}.{key}` is not a point in time", fitting, meant)


def never_expires(name: str) -> Unfit:
    """Say that a reward has no expiry."""
    return Unfit(
        "PC1405", f"the reward `{name}` never expires", f"`expires` at the reward that is called `{name}`"
    )


def unknown_maker(name: str, scope: Scope, *kinds: type) -> Unfit:
    """Say that a reward or answer of this name does not exist here, or not on every path to here."""
    if name in scope.perhaps:
        return Unfit(
            "PC1402",
            f"not every path to here has made `{name}`",
            "a reward or question before the paths divide, or this step inside the branch that has it",
        )
    known = [each for each, what in scope.made.items() if isinstance(what, kinds)]
    return Unfit(
        "PC1401",
        f"there is no `{name}` here",
        one_of(known) if known else "a reward or question named with `as` before this step",
        nearest(name, known),
    )

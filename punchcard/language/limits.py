"""Limits as text: `5 per year`, `3 in any 90 days`."""

from __future__ import annotations

import re
from typing import get_args

from punchcard.language.durations import SPAN_PATTERN, in_digits
from punchcard.language.moments import span_of_time
from punchcard.language.nearest import listed, nearest
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Limit, Period

PERIODS: tuple[Period, ...] = get_args(Period)
LIMIT_PATTERN = rf"[0-9]{{1,6}} (?:per (?:{'|'.join(PERIODS)})|in any {SPAN_PATTERN})"
_CALENDAR = re.compile(r"([0-9]{1,6}) per ([a-z]+)")
_OFTEN = {"once": "1", "twice": "2"}
_MEANT = re.compile(
    rf"(once|twice|[1-9][0-9]*)(?: times| x)?(?: an? | per | every | each | ?/ ?)({'|'.join(PERIODS)})"
)
_ROLLING = re.compile(r"([0-9]{1,6}) in any (.+)")


def limit(text: str) -> Limit | Unfit:
    """Read how often at most something may happen to one customer."""
    calendar, rolling = _CALENDAR.fullmatch(text), _ROLLING.fullmatch(text)
    found = calendar or rolling
    meant = _MEANT.fullmatch(in_digits(text).lower())
    if re.search(r"unused|open|unredeemed|at (?:once|a time)", text):
        reason = f"`{text}`: a limit counts what was earned, not what is still unused"
        return Unfit(
            "PC1217",
            reason,
            "5 per year, 3 in any 90 days, or `again: {after: 30 days}`, as long as a code is good",
        )
    if found is None or not int(found.group(1)):
        once = ", or `again: once`" if text in ("1", "once") else ""
        return Unfit(
            "PC1217",
            f"`{text}` is not a limit",
            f"a count for a calendar period, such as 5 per year, or for a moving span, such as 3 in any 90 days{once}",
            f"{_OFTEN.get(meant.group(1), meant.group(1))} per {meant.group(2)}" if meant else None,
        )
    count = int(found.group(1))
    return _calendar(count, found.group(2)) if calendar else _rolling(count, found.group(2))


def _calendar(count: int, word: str) -> Limit | Unfit:
    period = next((each for each in PERIODS if each == word), None)
    if period is not None:
        return Limit(count, period=period)
    meant = nearest(word, PERIODS)
    return Unfit(
        "PC1217", f"there is no period `{word}`", listed(PERIODS), f"{count} per {meant}" if meant else None
    )


def _rolling(count: int, text: str) -> Limit | Unfit:
    if text in PERIODS:
        reason = f"`{text}` is a period of the calendar, not a span that moves"
        return Unfit(
            "PC1217", reason, f"{count} per {text}, or {count} in any 90 days", f"{count} per {text}"
        )
    span = span_of_time(text)
    if isinstance(span, Unfit):
        return span
    return Limit(count, rolling=span.millis, months=span.months)

"""Spans of time, and what a condition has seen, as campaigns write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.plan.lookback import months_of

UNITS: Mapping[str, int] = MappingProxyType(
    {"week": 7 * 24 * 3600_000, "day": 24 * 3600_000, "hour": 3600_000, "minute": 60_000}
)
SUMS = ("customer.spent", "customer.spent_within")
_SPAN = re.compile(r"\((\d+(?: months)?)")
_CURRENCY = re.compile(r"[(,]([A-Z]{3})\)")


def span_words(millis: int) -> str:
    """Return a span as a campaign writes it: `90 days`, `1 week`."""
    for unit, length in UNITS.items():
        if millis % length == 0 and (unit != "week" or millis == length):
            return counted(millis // length, unit)
    return f"{millis} milliseconds"


def counted(number: int, unit: str) -> str:
    """Return so many of a unit: `1 day`, `2 days`."""
    return f"{number} {unit}{'' if number == 1 else 's'}"


def seen_words(operands: Mapping[str, Any], currency: str) -> str:
    """Return what a condition saw: `customer.spent_within("90 days")` is 120.00 USD."""
    return ", ".join(f"`{_name(key)}` is {_value(key, value, currency)}" for key, value in operands.items())


def _name(key: str) -> str:
    plain, _, inside = key.partition("(")
    span = _SPAN.search(key)
    if span is not None:
        return f'{plain}("{_back_words(span[1])}")'
    return key if inside.startswith('"') else plain


def _back_words(back: str) -> str:
    months = months_of(back)
    if months is None:
        return span_words(int(back))
    return counted(months // 12, "year") if months % 12 == 0 else counted(months, "month")


def _value(key: str, value: Any, currency: str) -> str:
    match value:
        case None:
            return "not known"
        case bool():
            return "so" if value else "not so"
        case int() if key.partition("(")[0] in SUMS:
            named = _CURRENCY.search(key)
            its = named[1] if named else currency
            return f"{to_amount(value, its)} {its}"
        case list() | tuple():
            return ", ".join(map(str, value)) or "empty"
        case _:
            return str(value)

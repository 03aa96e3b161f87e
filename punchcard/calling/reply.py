"""What a reply says in the fields that a step asks for: typed, or the reason why the reply does not fit."""

from __future__ import annotations

import json
import math
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from punchcard.calling.outcome import CallRefused
from punchcard.plan.model import Returned

LONGEST_TEXT = 2_000


def read_reply(body: bytes, returns: tuple[Returned, ...], currency: str, places: int) -> dict[str, Any]:
    """Return the fields of a reply; CallRefused says which one is missing, or is something else.

    Money is in minor units of `currency`, which has so many decimal `places`.
    """
    if not returns:
        return {}
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise CallRefused("The reply is not JSON.") from None
    if not isinstance(told, dict):
        raise CallRefused("The reply is not a JSON object, and its fields are asked for.")
    return {each.name: _field(told, each, currency, places) for each in returns}


def _field(told: dict[str, Any], wanted: Returned, currency: str, places: int) -> Any:
    value = told.get(wanted.name)
    if value is None:
        raise CallRefused(f"The reply has no `{wanted.name}`.")
    found = _typed(value, wanted.type, currency, places)
    if found is None:
        raise CallRefused(
            f"`{wanted.name}` of the reply is not {_WORDS[wanted.type].format(currency=currency)}."
        )
    return found


_WORDS = {
    "text": f"a text of at most {LONGEST_TEXT} characters",
    "number": "a number",
    "money": 'an amount such as {{"amount": "12.50", "currency": "{currency}"}}',
    "date": "a date such as 2026-05-04",
    "flag": "true or false",
}


def _typed(value: Any, type_: str, currency: str, places: int) -> Any:
    match type_:
        case "text":
            return value if isinstance(value, str) and len(value) <= LONGEST_TEXT else None
        case "number":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return value if is_number and math.isfinite(value) and abs(value) < 1e15 else None
        case "flag":
            return value if isinstance(value, bool) else None
        case "date":
            return _date(value)
        case _:
            return _minor(value, currency, places)


def _date(value: Any) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _minor(value: Any, currency: str, places: int) -> int | None:
    match value:
        case {"amount": str(text), "currency": str(of)} if of == currency and len(text) <= 20:
            try:
                scaled = Decimal(text).scaleb(places)
            except InvalidOperation:
                return None
            whole = scaled.is_finite() and abs(scaled) < 10**15 and scaled == scaled.to_integral_value()
            return int(scaled) if whole else None
        case _:
            return None

"""Money as it comes in and goes out: an amount and a currency; minor units exist only inside."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache

from babel.numbers import get_currency_precision, is_currency

LARGEST = 10**15


@cache
def precision(currency: str) -> int:
    """Return how many decimal places a currency has; ValueError for one that ISO 4217 does not know."""
    if len(currency) != 3 or not currency.isupper() or not is_currency(currency):
        raise ValueError(f"{currency!r} is not a currency: write its ISO 4217 code, such as USD")
    return int(get_currency_precision(currency))


def to_minor(amount: str, currency: str) -> int:
    """Return an amount such as `12.50` in minor units; ValueError if it has too many places or is no number."""
    places = precision(currency)
    try:
        value = Decimal(amount)
    except InvalidOperation:
        raise ValueError(f'{amount!r} is not an amount: write digits with a point, such as "12.50"') from None
    scaled = value.scaleb(places)
    if not value.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} has more than the {places} decimal places of {currency}")
    if abs(scaled) > LARGEST:
        raise ValueError(f"{amount} {currency} is more than one order can be")
    return int(scaled)


def to_amount(minor: int, currency: str) -> str:
    """Return minor units as the amount that the API shows, with all of the currency's places."""
    places = precision(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"

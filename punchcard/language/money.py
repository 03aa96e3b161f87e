"""Amounts and shares as text: `500`, `12.50`, `500 USD`, `20%`."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel.numbers import get_currency_precision, list_currencies

from punchcard.language.unfit import Unfit
from punchcard.plan.model import Minor, Share

MOST_DIGITS = 12
AMOUNT = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?:\s+([A-Z]{3}))?")
SHARE = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2}))?\s?%")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


@cache
def currencies() -> frozenset[str]:
    """Return the currency codes that exist."""
    return frozenset(list_currencies())


def decimals(currency: str) -> int:
    """Return how many decimals a currency has."""
    return int(get_currency_precision(currency))


def amount(text: str, currency: str) -> Minor | Unfit:
    """Return an amount of the campaign's currency in minor units, or why it is none."""
    places = decimals(currency)
    shown = "500" if places == 0 else "500 or 12.50"
    found = AMOUNT.fullmatch(text.strip())
    if not found:
        return Unfit(
            "PC1204",
            f"`{text}` is not an amount",
            f"an amount in {currency} such as {shown}",
            _likely_amount(text, currency),
        )
    whole, fraction, other = found.groups()
    if other and other != currency:
        known = other in currencies()
        reason = (
            f"`{text}` is in {other}, and this campaign counts in {currency}"
            if known
            else f"there is no currency {other}"
        )
        return Unfit("PC1206", reason, f"an amount in {currency}")
    if fraction and len(fraction) > places:
        return Unfit(
            "PC1204",
            f"{currency} has {places} decimals, and `{text}` has {len(fraction)}",
            f"an amount such as {shown}",
        )
    if len(whole) > MOST_DIGITS:
        return Unfit(
            "PC1204", f"`{text}` is more than any campaign can mean", f"at most {MOST_DIGITS} digits"
        )
    return int(whole) * int(10**places) + int((fraction or "").ljust(places, "0") or "0")


def _likely_amount(text: str, currency: str) -> str | None:
    """Return how `$500`, `1,000` or `2,50` was probably meant."""
    bare = text.strip()
    for sign, code in _SIGNS.items():
        if sign in bare and code == currency:
            bare = bare.replace(sign, "").strip()
    bare = without_commas(bare)
    return bare if bare != text.strip() and AMOUNT.fullmatch(bare) else None


def without_commas(text: str) -> str:
    """Return a number without thousands separators, with a point before its decimals; any other text as it is."""
    if re.fullmatch(r"[0-9]{1,3}([,'’ ][0-9]{3})+(\.[0-9]+)?", text):
        return re.sub(r"[,'’ ]", "", text)
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+", text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if re.fullmatch(r"[0-9]+,[0-9]{1,2}", text) else text


def share(text: str, most: Share = 10_000) -> Share | Unfit:
    """Return a share in basis points, or why it is none or above `most`."""
    found = SHARE.fullmatch(text.strip())
    if not found:
        return Unfit("PC1205", f"`{text}` is not a share", "a share such as 20% or 7.5%", _likely_share(text))
    points = int(found.group(1)) * 100 + int((found.group(2) or "").ljust(2, "0"))
    if points > most:
        return Unfit("PC1205", f"`{text}` is more than {most // 100}%", f"a share up to {most // 100}%")
    return points


def _likely_share(text: str) -> str | None:
    """Return how `20`, `20 percent`, `20% off` or `0.2` was probably meant."""
    found = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*(%|percent)?(?: off)?", text.strip())
    if found is None:
        return None
    number = Decimal(found[1].replace(",", "."))
    return f"{number * 100 if number < 1 and not found[2] else number:f}%".replace(".00%", "%").replace(
        ".0%", "%"
    )

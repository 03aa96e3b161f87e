"""Names and codes as text: of campaigns, of what expressions name, of currencies, zones, languages, mailboxes."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

from punchcard.language.money import currencies
from punchcard.language.nearest import nearest
from punchcard.language.unfit import Unfit

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_NAME = 60
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
COMMON = ("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "PLN", "INR", "BRL", "MXN")


def kebab(text: str) -> str | Unfit:
    """Read the name of a campaign or message."""
    if KEBAB.fullmatch(text) and len(text) <= LONGEST_NAME:
        return text
    meant = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_NAME].strip("-")
    return Unfit(
        "PC1210",
        f"`{text}` is not a name",
        f"small letters, digits and hyphens, at most {LONGEST_NAME}: spend-and-save",
        meant or None,
    )


def snake(text: str) -> str | Unfit:
    """Read a name that expressions can use."""
    if SNAKE.fullmatch(text) and len(text) <= LONGEST_NAME:
        return text
    meant = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:LONGEST_NAME].strip("_")
    return Unfit(
        "PC1210",
        f"`{text}` is not a name",
        f"small letters, digits and underscores, at most {LONGEST_NAME}: second_coupon",
        meant if SNAKE.fullmatch(meant) else None,
    )


def currency(text: str) -> str | Unfit:
    """Read a currency's code."""
    if text in currencies():
        return text
    return Unfit(
        "PC1213",
        f"there is no currency {text}",
        "a code of three capitals such as USD or EUR",
        nearest(text.upper(), COMMON) or nearest(text.upper(), currencies()),
    )


@cache
def zones() -> frozenset[str]:
    """Return the IANA zones that know their summer time."""
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


def timezone(text: str) -> str | Unfit:
    """Read an IANA zone that knows its summer time."""
    if text in zones():
        return text
    return Unfit(
        "PC1214",
        f"there is no time zone {text}",
        "a zone such as America/New_York, Europe/Berlin or UTC",
        _zone_meant(text),
    )


def _zone_meant(text: str) -> str | None:
    tail = text.replace(" ", "_").lower()
    return next(
        (zone for zone in sorted(zones()) if zone.lower().rpartition("/")[2] == tail), None
    ) or nearest(text, zones())


def language_tag(text: str) -> str | Unfit:
    """Read a language such as `en` or `pt-BR`."""
    if LANGUAGE.fullmatch(text):
        try:
            Locale.parse(text, sep="-")
            return text
        except (UnknownLocaleError, ValueError):
            pass
    return Unfit(
        "PC1215",
        f"there is no language {text}",
        "a code such as en, de or pt-BR",
        nearest(text, ("en", "de")),
    )


def email(text: str) -> str | Unfit:
    """Read an address."""
    if EMAIL.fullmatch(text):
        return text
    return Unfit("PC1216", f"`{text}` is not an e-mail address", "an address such as loyalty@shop.example")

"""Readers by the language that they ask for."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel import Locale

from punchcard.wording.speech import Speech
from punchcard.wording.translation import catalogue


def reader(locale: Locale, zone: str = "UTC") -> Speech:
    """Return how plans are told to a reader of this locale, by the clock of a zone."""
    return Speech(locale, ZoneInfo(zone), catalogue(locale.language))

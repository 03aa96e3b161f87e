"""Readers for tests: English and German, by New York's and Berlin's clock."""

from zoneinfo import ZoneInfo

from babel import Locale

from api.console.translation import catalogue
from punchcard.wording.speech import Speech

ENGLISH = Speech(Locale("en", "US"), ZoneInfo("America/New_York"), catalogue("en"))
GERMAN = Speech(Locale("de", "DE"), ZoneInfo("Europe/Berlin"), catalogue("de"))

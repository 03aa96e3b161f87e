"""Spans of time as text: `7 days`, `90 minutes`, `6 months`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from punchcard.language.nearest import nearest
from punchcard.plan.model import After, AfterMonths, Millis

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

MILLIS: Mapping[str, Millis] = MappingProxyType({"minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY})
MONTHS: Mapping[str, int] = MappingProxyType({"month": 1, "quarter": 3, "year": 12})
UNITS = (*MILLIS, *MONTHS)
LONGEST_YEARS = 20

SPAN_PATTERN = rf"[0-9]{{1,6}}\s*(?:{'|'.join(UNITS)})s?"
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_GERMAN = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        **{word: number for words in (_ENGLISH, _GERMAN) for number, word in enumerate(words, 1)},
        **dict.fromkeys(("a", "an", "eine", "einen", "einem", "einer"), 1),
        **dict.fromkeys(("fourteen", "vierzehn"), 14),
        **dict.fromkeys(("thirty", "dreißig"), 30),
    }
)
_IN_GERMAN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("minuten",), "minutes"),
        **dict.fromkeys(("stunde", "stunden"), "hours"),
        **dict.fromkeys(("tag", "tage", "tagen"), "days"),
        **dict.fromkeys(("woche", "wochen"), "weeks"),
        **dict.fromkeys(("monat", "monate", "monaten"), "months"),
        **dict.fromkeys(("quartal", "quartale", "quartalen"), "quarters"),
        **dict.fromkeys(("jahr", "jahre", "jahren"), "years"),
        **dict.fromkeys(
            ("arbeitstag", "arbeitstage", "arbeitstagen", "werktag", "werktage", "werktagen"), "working days"
        ),
        **dict.fromkeys(("arbeitsstunde", "arbeitsstunden"), "working hours"),
    }
)
_PART = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,2})?)\s*([A-Za-z]+)")
_WRITTEN = re.compile(r"([0-9]{1,6})\s*([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a unit; exactly one of `millis` and `months` is set."""

    count: int
    unit: str

    @property
    def millis(self) -> Millis | None:
        """The elapsed time; None for calendar units."""
        return self.count * MILLIS[self.unit] if self.unit in MILLIS else None

    @property
    def months(self) -> int | None:
        """The calendar months; None for elapsed time."""
        return self.count * MONTHS[self.unit] if self.unit in MONTHS else None

    @property
    def days(self) -> int | None:
        """The whole days, for days and weeks."""
        return self.count * {"day": 1, "week": 7}[self.unit] if self.unit in ("day", "week") else None

    @property
    def about_days(self) -> int:
        """The days that calendar months come to, by and large."""
        years, months = divmod(self.months or 0, 12)
        return 365 * years + 30 * months

    @property
    def moment(self) -> After | AfterMonths:
        """The moment that lies so far ahead."""
        return After(self.millis) if self.millis is not None else AfterMonths(self.months or 0)

    @property
    def too_long(self) -> bool:
        """Whether it is longer than any campaign can mean."""
        millis = self.millis if self.millis is not None else (self.months or 0) * 30 * DAY
        return millis > LONGEST_YEARS * 366 * DAY


def duration(text: str) -> Duration | None:
    """Read `7 days` or `1 day`; None if it is not written like this."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    unit = found.group(2).removesuffix("s")
    if unit not in UNITS or (int(found.group(1)) != 1) != found.group(2).endswith("s"):
        return None
    return Duration(int(found.group(1)), unit)


def in_digits(text: str) -> str:
    """Return a span whose number or unit is a word, or German, as `7 days` has it: `two days`, `zwei Wochen`."""
    words = text.strip().split()
    if words and words[0].lower() in _NUMBERS:
        words[0] = str(_NUMBERS[words[0].lower()])
    return " ".join(_IN_GERMAN.get(word.lower(), word) for word in words)


def likely(text: str) -> str | None:
    """Return how a mistaken span was probably meant: `7d`, `7 Days`, `1 days`, `week`, `two weeks`, `in 7 days`,
    `1.5 days`, `1 day 6 hours`.
    """
    bare = in_digits(text.strip().removeprefix("in ").removeprefix("after "))
    found = re.fullmatch(r"([0-9]{1,6})?\s*([A-Za-z]+)\.?", bare)
    if text.strip().lower() in ("yes", "no"):
        return None
    if not found:
        return _summed(bare)
    unit = _unit(found.group(2).lower())
    return None if unit is None else _written(int(found.group(1) or 1), unit)


def _summed(text: str) -> str | None:
    """Return several spans, or parts of one, as one span in the largest unit that holds it."""
    parts = _PART.findall(text)
    units = [_unit(word.lower()) for _, word in parts]
    if (
        not parts
        or _PART.sub("", text).replace("and", "").strip(" ,")
        or any(unit not in MILLIS for unit in units)
    ):
        return None
    whole = sum(Fraction(count) * MILLIS[str(unit)] for (count, _), unit in zip(parts, units, strict=True))
    fitting = [unit for unit, millis in MILLIS.items() if not whole % millis]
    return _written(int(whole / MILLIS[fitting[-1]]), fitting[-1]) if fitting and whole else None


def _written(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _unit(word: str) -> str | None:
    """Return the unit that a word means, whole or short."""
    short = {
        "m": "minute",
        "min": "minute",
        "mins": "minute",
        "h": "hour",
        "hr": "hour",
        "hrs": "hour",
        "d": "day",
        "w": "week",
        "wk": "week",
        "mo": "month",
        "mon": "month",
        "q": "quarter",
        "y": "year",
        "yr": "year",
        "yrs": "year",
    }
    known = short.get(word) or next((each for each in UNITS if word in (each, each + "s")), None)
    return known or nearest(word.removesuffix("s"), UNITS)

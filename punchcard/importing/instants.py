"""Dates and times as shops write them: the format found from the file's own rows, or stated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from punchcard.importing.errors import UnreadableError, UnusableFileError

ISO = "iso"
SECONDS = "epoch-seconds"
MILLISECONDS = "epoch-milliseconds"

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y")
_SHORT_DAYS = ("%d/%m/%y", "%m/%d/%y", "%Y%m%d", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_UTC = " UTC"
_CANDIDATES = (
    ISO,
    *(f"{day}{time}" for day in (*_DAYS, *_SHORT_DAYS) for time in _TIMES),
    "%Y-%m-%d %H:%M:%S %z",
    f"%Y-%m-%d %H:%M:%S{_UTC}",
    "%Y%m%d%H%M%S",
    SECONDS,
    MILLISECONDS,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAUSIBLE = (datetime(1980, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_COMPACT = re.compile(r"\d{8}(\d{6})?")


@dataclass(frozen=True, slots=True)
class InstantFormat:
    """How the file writes its instants, and the zone of those that name no offset."""

    pattern: str
    zone: tzinfo

    def read(self, text: str) -> datetime:
        """Return the aware instant; UnreadableError if the text is not in this format."""
        try:
            found = _parse(text, self.pattern)
        except (ValueError, OverflowError):
            raise UnreadableError(
                f"{text!r} is not in the date format {self.pattern}",
                "correct it, or state the file's own format with --date-format",
            ) from None
        return found if found.tzinfo else found.replace(tzinfo=self.zone)


def find_format(texts: Sequence[str], zone: tzinfo) -> InstantFormat:
    """Return the format that reads the most of these texts; UnusableFileError if two read them differently."""
    readings = {pattern: _readings(texts, pattern) for pattern in _CANDIDATES}
    most = max(sum(reading is not None for reading in found) for found in readings.values())
    if not most:
        example = f": {texts[0]!r}" if texts else ""
        raise UnusableFileError(
            f"The dates are in no format that is known{example}.",
            remedy='Describe it: --date-format "%d.%m.%Y %H:%M", for example.',
        )
    best = {
        pattern: found
        for pattern, found in readings.items()
        if sum(reading is not None for reading in found) == most
    }
    chosen, meant = next(iter(best.items()))
    for pattern, found in best.items():
        doubt = next((index for index, reading in enumerate(found) if reading != meant[index]), None)
        if doubt is not None:
            raise UnusableFileError(
                f"The date {texts[doubt]!r} can be read in two ways: as {chosen} and as {pattern}.",
                remedy=f'Say which: --date-format "{chosen}" or --date-format "{pattern}".',
            )
    return InstantFormat(chosen, zone)


def check_pattern(pattern: str) -> str:
    """Return a stated format; UnusableFileError if it is none."""
    if pattern in (ISO, SECONDS, MILLISECONDS):
        return pattern
    try:
        written = _EPOCH.strftime(pattern)
        datetime.strptime(written, pattern)  # noqa: DTZ007 - only asks whether the pattern is one
    except (ValueError, re.error) as error:
        raise UnusableFileError(f"--date-format {pattern}: {error}.", remedy=_PATTERNS) from None
    if written == pattern:
        raise UnusableFileError(f"--date-format {pattern} names no part of a date.", remedy=_PATTERNS)
    return pattern


_PATTERNS = f'Write "%d.%m.%Y %H:%M", for example, or {ISO}, {SECONDS} or {MILLISECONDS}.'


def _readings(texts: Sequence[str], pattern: str) -> list[datetime | None]:
    return [_attempt(text, pattern) for text in texts]


def _attempt(text: str, pattern: str) -> datetime | None:
    try:
        found = _parse(text, pattern)
    except (ValueError, OverflowError):
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if _PLAUSIBLE[0] <= aware < _PLAUSIBLE[1] else None


def _parse(text: str, pattern: str) -> datetime:
    if pattern == ISO:
        if _COMPACT.fullmatch(text):  # digits alone are left to the formats that name their parts
            raise ValueError(text)
        return datetime.fromisoformat(text)
    if pattern in (SECONDS, MILLISECONDS):
        return _EPOCH + timedelta(**{"seconds" if pattern == SECONDS else "milliseconds": float(text)})
    found = datetime.strptime(text, pattern)  # noqa: DTZ007 - the caller knows the zone
    return found.replace(tzinfo=UTC) if pattern.endswith(_UTC) else found

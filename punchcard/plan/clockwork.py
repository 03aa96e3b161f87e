"""Instants and the wall clocks of zones, by their offsets at that date.

In a gap the next valid instant counts, in an overlap the first (LANGUAGE, *Time*). Instants are epoch milliseconds.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 3600 * 1000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_millis(instant: datetime) -> int:
    """Return the epoch milliseconds of an aware datetime."""
    return (instant - EPOCH) // timedelta(milliseconds=1)


def to_datetime(millis: int) -> datetime:
    """Return the aware UTC datetime of epoch milliseconds."""
    return EPOCH + timedelta(milliseconds=millis)


def local(millis: int, zone: str) -> datetime:
    """Return an instant as the wall clock of a zone shows it."""
    return to_datetime(millis).astimezone(ZoneInfo(zone))


def instant(day: date, minute: int, zone: str) -> int:
    """Return when a zone's wall clock shows that day and minute since midnight."""
    wall = datetime.combine(day, time(minute // 60, minute % 60)).replace(tzinfo=ZoneInfo(zone), fold=0)
    found = wall.astimezone(UTC)
    if found.astimezone(wall.tzinfo).replace(tzinfo=None) != wall.replace(tzinfo=None):
        found = _end_of_gap(wall)
    return to_millis(found)


def _end_of_gap(wall: datetime) -> datetime:
    """The first instant after the gap in which this wall time does not exist, to the second."""
    zone = wall.tzinfo
    around = int(wall.replace(tzinfo=UTC).timestamp())
    low, high = around - 36 * 3600, around + 36 * 3600
    offset_after = datetime.fromtimestamp(high, UTC).astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, UTC).astimezone(zone).utcoffset() == offset_after:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)


def earliest_day(now: int) -> date:
    """Return the earliest day that it still is anywhere: what lies before it is over for everybody."""
    return local(now, "Etc/GMT+12").date()

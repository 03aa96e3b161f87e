"""Limits that move by months of the calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from punchcard.plan.calendar import fits, reach, room
from punchcard.plan.clockwork import to_millis
from punchcard.plan.model import Limit

ZONE = "Europe/Berlin"


def at(text: str) -> int:
    """The instant of a wall time."""
    return to_millis(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)))


@pytest.mark.parametrize(
    ("limit", "others", "now", "fitting"),
    [
        (Limit(1, months=2), ("2026-01-15T10:00",), "2026-03-15T09:59", False),
        (Limit(1, months=2), ("2026-01-15T10:00",), "2026-03-15T10:00", True),
        (Limit(1, months=1), ("2026-01-31T10:00",), "2026-02-28T10:00", True),
        (Limit(1, months=1), ("2026-03-10T10:00",), "2026-02-11T10:00", False),
        (Limit(2, months=12), ("2025-06-01T10:00", "2026-02-01T10:00"), "2026-05-31T10:00", False),
        (Limit(2, months=12), ("2025-06-01T10:00", "2026-02-01T10:00"), "2026-06-01T10:00", True),
    ],
)
def test_a_window_of_months(limit: Limit, others: tuple[str, ...], now: str, fitting: bool) -> None:
    """It begins with any occasion, and ends at the same local time so many months later; late ones fall in too."""
    before = [at(other) for other in others]
    start, end = reach(limit, at(now), ZONE)
    assert all(start <= other < end for other in before) or fitting
    assert fits(limit, at(now), before, ZONE) is fitting


def test_there_is_room_when_enough_have_left() -> None:
    """One more is free when the oldest that stands in the way is so many months back."""
    limit = Limit(2, months=1)
    sent = [at("2026-01-20T10:00"), at("2026-02-03T08:00"), at("2026-02-10T08:00")]
    assert room(limit, at("2026-02-15T12:00"), sent, ZONE) == at("2026-03-03T08:00")
    assert room(limit, at("2026-03-03T08:00"), sent, ZONE) == at("2026-03-03T08:00")


def test_the_shorter_month_frees_first() -> None:
    """What was sent last is not always what leaves last: the 29th and the 30th of January end together."""
    limit = Limit(1, months=1)
    sent = [at("2026-01-29T13:00"), at("2026-01-30T09:00")]
    assert room(limit, at("2026-01-31T12:00"), sent, ZONE) == at("2026-02-28T13:00")

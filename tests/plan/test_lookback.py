"""How far back questions look, by days and by the calendar of a zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punchcard.plan.clockwork import DAY, to_millis
from punchcard.plan.lookback import leaves, since

BERLIN = "Europe/Berlin"
BEGIN = to_millis(datetime(2023, 1, 1, tzinfo=UTC))
ZONES = st.sampled_from((BERLIN, "America/New_York", "Asia/Kathmandu", "UTC"))
MONTHS = st.sampled_from(("1 months", "3 months", "12 months"))
INSTANTS = st.integers(BEGIN, BEGIN + 800 * DAY)


def at(text: str, zone: str = BERLIN) -> int:
    """The instant of a wall time."""
    return to_millis(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("now", "back", "begin"),
    [
        ("2026-08-22T14:00", 90 * DAY, "2026-05-24T14:00"),
        ("2026-08-22T14:00", "3 months", "2026-05-22T14:00"),
        ("2026-04-22T14:00", "3 months", "2026-01-22T14:00"),
        ("2028-02-29T10:00", "12 months", "2027-02-28T23:59:59.999"),
        ("2026-05-31T10:00", "3 months", "2026-02-28T23:59:59.999"),
        ("2026-04-29T02:30", "1 months", "2026-03-29T03:00"),
    ],
)
def test_months_are_those_of_the_wall_calendar(now: str, back: int | str, begin: str) -> None:
    """The same local day and time; where the month has no such day it is over, and a gap is skipped."""
    assert since(back, at(now), BERLIN) == at(begin)


@given(back=MONTHS, zone=ZONES, now=INSTANTS, ahead=st.integers(0, 40 * 3600 * 1000))
def test_what_is_too_old_does_not_count_again(back: str, zone: str, now: int, ahead: int) -> None:
    """As time goes on, the beginning never moves back."""
    assert since(back, now, zone) <= since(back, now + ahead, zone)


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York"])
def test_an_hour_that_comes_twice_is_left_at_once(zone: str) -> None:
    """In the hour after clocks were put back, the beginning stands still."""
    night = at("2026-10-25T00:00", BERLIN) if zone == BERLIN else at("2026-11-01T00:00", zone)
    begins = [since("1 months", night + minute * 60_000, zone) for minute in range(300)]
    assert begins == sorted(begins)


@given(back=MONTHS, zone=ZONES, then=INSTANTS)
def test_it_is_known_when_something_leaves(back: str, zone: str, then: int) -> None:
    """Just then it does not count any more, a millisecond before it does."""
    end = leaves(back, then, zone)
    assert since(back, end, zone) >= then
    assert since(back, end - 1, zone) < then

"""Business time: gaps and overlaps of clocks, ends of months, periods and windows of limits, quiet hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punchcard.plan.calendar import (
    closing,
    fits,
    local,
    prolonged,
    quiet_until,
    reach,
    resolve,
    room,
    to_millis,
)
from punchcard.plan.model import (
    After,
    AfterMonths,
    DayBeside,
    Digest,
    EndOfDayAfter,
    Limit,
    Moment,
    NextTime,
    OnDate,
    QuietHours,
)

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NEW_YORK, BERLIN, CAIRO, APIA = "America/New_York", "Europe/Berlin", "Africa/Cairo", "Pacific/Apia"
HALF_PAST_TWO = 150
NINE = 540


def at(text: str, zone: str = NEW_YORK, fold: int = 0) -> int:
    """Return an instant by a zone's clock; `fold` is 1 for the second of two."""
    return to_millis(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold))


def shown(instant: int, zone: str = NEW_YORK) -> str:
    """Return an instant as a zone's clock shows it, with its offset."""
    return local(instant, zone).isoformat(timespec="milliseconds")


@pytest.mark.parametrize(
    ("moment", "since", "zone", "found"),
    [
        # In a gap the next valid instant; in an overlap the first.
        (NextTime(HALF_PAST_TWO), "2026-03-07 12:00", NEW_YORK, "2026-03-08T03:00:00.000-04:00"),
        (NextTime(90), "2026-10-31 12:00", NEW_YORK, "2026-11-01T01:30:00.000-04:00"),
        (OnDate("2026-03-29", HALF_PAST_TWO), "2026-03-01", BERLIN, "2026-03-29T03:00:00.000+02:00"),
        (OnDate("2026-10-25", HALF_PAST_TWO), "2026-03-01", BERLIN, "2026-10-25T02:30:00.000+02:00"),
        # A day whose first hour, and one that a zone has skipped as a whole.
        (OnDate("2026-04-24"), "2026-04-01", CAIRO, "2026-04-24T01:00:00.000+03:00"),
        (OnDate("2011-12-30", NINE), "2011-12-01", APIA, "2011-12-31T00:00:00.000+14:00"),
        # The next one is never now.
        (NextTime(NINE), "2026-06-01 09:00", NEW_YORK, "2026-06-02T09:00:00.000-04:00"),
        (NextTime(NINE, 0), "2026-06-01 09:00", NEW_YORK, "2026-06-08T09:00:00.000-04:00"),
        (NextTime(NINE, 0), "2026-06-01 08:59", NEW_YORK, "2026-06-01T09:00:00.000-04:00"),
        # A day is 24 hours, a month is the calendar's.
        (After(DAY), "2026-03-07 12:00", NEW_YORK, "2026-03-08T13:00:00.000-04:00"),
        (AfterMonths(1), "2026-02-08 02:30", NEW_YORK, "2026-03-08T03:00:00.000-04:00"),
        (AfterMonths(1), "2026-01-31 12:00", NEW_YORK, "2026-02-28T12:00:00.000-05:00"),
        (AfterMonths(12), "2028-02-29 12:00", NEW_YORK, "2029-02-28T12:00:00.000-05:00"),
        (AfterMonths(48), "2028-02-29 12:00", NEW_YORK, "2032-02-29T12:00:00.000-05:00"),
        (AfterMonths(2), "2026-12-31 23:59", NEW_YORK, "2027-02-28T23:59:00.000-05:00"),
        # What is good for some days is so to the end of the last, whatever the clocks do.
        (EndOfDayAfter(1), "2026-03-07 12:00", NEW_YORK, "2026-03-08T23:59:59.999-04:00"),
        (EndOfDayAfter(1), "2026-04-22 12:00", CAIRO, "2026-04-23T23:59:59.999+02:00"),
        (EndOfDayAfter(months=1), "2028-01-31 12:00", NEW_YORK, "2028-02-29T23:59:59.999-05:00"),
        (EndOfDayAfter(0), "2026-12-31 23:59", NEW_YORK, "2026-12-31T23:59:59.999-05:00"),
        (
            DayBeside("coupon", "expires", -3, 0, 600),
            "2026-03-10 23:59",
            NEW_YORK,
            "2026-03-07T10:00:00.000-05:00",
        ),
    ],
)
def test_moments(moment: Moment, since: str, zone: str, found: str) -> None:
    """Each as the clock of the zone has it, by its offset on that day."""
    assert shown(resolve(moment, at(since, zone), zone), zone) == found


def test_the_same_time_of_day_again_is_not_the_next_one() -> None:
    """Between the two half past ones of an overlap, the next one is that of the day after."""
    assert shown(resolve(NextTime(90), at("2026-11-01 01:15", fold=1), NEW_YORK)) == (
        "2026-11-02T01:30:00.000-05:00"
    )


@pytest.mark.parametrize(
    ("period", "when", "first", "behind"),
    [
        ("day", "2026-03-08 12:00", "2026-03-08 00:00", "2026-03-09 00:00"),
        ("week", "2027-01-01 12:00", "2026-12-28 00:00", "2027-01-04 00:00"),
        ("week", "2026-06-01 00:00", "2026-06-01 00:00", "2026-06-08 00:00"),
        ("week", "2026-06-07 23:59", "2026-06-01 00:00", "2026-06-08 00:00"),
        ("month", "2028-02-29 23:59", "2028-02-01 00:00", "2028-03-01 00:00"),
        ("quarter", "2026-12-31 23:59", "2026-10-01 00:00", "2027-01-01 00:00"),
        ("year", "2026-12-31 23:59", "2026-01-01 00:00", "2027-01-01 00:00"),
    ],
)
def test_periods_of_a_limit(period: str, when: str, first: str, behind: str) -> None:
    """They begin at local midnight; weeks on Monday, across the end of a year, too."""
    assert reach(Limit(1, period=period), at(when), NEW_YORK) == (at(first), at(behind))  # type: ignore[arg-type]


@given(st.integers(1, 3), st.lists(st.integers(0, 12), max_size=8), st.integers(0, 12))
def test_a_rolling_limit_is_exceeded_in_no_window(count: int, others: list[int], now: int) -> None:
    """Of all half-open windows that hold the instant, none holds more; and there is room just when there is."""
    limit, length = Limit(count, rolling=4), 4
    start, end = reach(limit, now, "UTC")
    reached = [each for each in others if start <= each < end]
    fullest = max(
        sum(begin <= each < begin + length for each in [*others, now])
        for begin in range(now - length + 1, now + 1)
    )
    assert fits(limit, now, reached, "UTC") == (fullest <= count)
    past = [each for each in others if each <= now]
    free = room(limit, now, past, "UTC")
    assert sum(free - length < each for each in past) < count
    assert free == now or sum(free - 1 - length < each for each in past) >= count


@given(
    st.sampled_from(
        [(NEW_YORK, "2026-11-01"), (NEW_YORK, "2026-03-08"), (BERLIN, "2026-10-25"), (CAIRO, "2026-04-24")]
    ),
    st.integers(0, 47),
    st.integers(1, 47),
)
def test_quiet_hours_are_one_stretch_of_each_day(day: tuple[str, str], start: int, length: int) -> None:
    """They begin and end at the first such time of day, so that nothing waits for a whole day longer."""
    zone, date = day
    quiet = QuietHours(start * 30, (start + length) % 48 * 30)
    begin = at(f"{date} 00:00", zone) - DAY
    ends = [quiet_until(quiet, begin + minute * 15 * MINUTE, zone) for minute in range(4 * 24 * 3)]
    for minute, end in enumerate(ends):
        if end is not None:
            now = begin + minute * 15 * MINUTE
            assert now < end <= now + (length * 30 + 60) * MINUTE
            assert quiet_until(quiet, end, zone) is None
    assert len({end for end in ends if end is not None}) in (2, 3, 4)


def test_the_second_half_past_one_is_quiet_no_more() -> None:
    """In an overlap the first one ends the quiet hours."""
    night = QuietHours(22 * 60, 90)
    assert quiet_until(night, at("2026-11-01 01:15"), NEW_YORK) == at("2026-11-01 01:30")
    assert quiet_until(night, at("2026-11-01 01:15", fold=1), NEW_YORK) is None


def test_a_batch_closes_at_its_hour_once_its_time_is_over() -> None:
    """At that very minute, or the next day; without an hour at once."""
    week = After(7 * DAY)
    assert closing(Digest(week), at("2026-03-02 09:00"), NEW_YORK) == at("2026-03-09 10:00")
    assert closing(Digest(week, NINE), at("2026-06-01 09:00"), NEW_YORK) == at("2026-06-08 09:00")
    assert closing(Digest(week, NINE), at("2026-06-01 09:01"), NEW_YORK) == at("2026-06-09 09:00")
    assert closing(Digest(After(DAY), HALF_PAST_TWO), at("2026-03-07 01:00"), NEW_YORK) == at(
        "2026-03-08 03:00"
    )


def test_what_is_given_back_is_good_for_as_long_and_to_the_end_of_that_day() -> None:
    """But a date stays, and so does what was over before."""
    begin, end, back = at("2026-03-01 12:00"), at("2026-03-07 23:59"), at("2026-03-03 12:00")
    assert shown(prolonged(EndOfDayAfter(6), end, begin, back, NEW_YORK)) == "2026-03-10T23:59:59.999-04:00"
    assert prolonged(After(6 * DAY), end, begin, back, NEW_YORK) == end + 2 * DAY
    assert prolonged(OnDate("2026-03-07"), end, begin, back, NEW_YORK) == end
    assert prolonged(EndOfDayAfter(6), end, end, back + 9 * DAY, NEW_YORK) == end

"""Working time: weekends, holidays, evenings and clocks that change."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punchcard.plan.calendar import local, resolve, to_millis
from punchcard.plan.model import WorkingDays, WorkingHours, WorkingTime
from punchcard.plan.working import works

NEW_YORK = "America/New_York"
OFFICE = WorkingTime(NEW_YORK, (0, 1, 2, 3, 4), 9 * 60, 17 * 60, ("2026-11-26", "12-25"))
ANY_HOUR = WorkingTime(NEW_YORK)
HOUR = 3600 * 1000
DAY = 24 * HOUR


def at(text: str) -> int:
    """Return an instant by New York's clock."""
    return to_millis(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(NEW_YORK)))


def days(count: int, since: str, working: WorkingTime = OFFICE) -> str:
    """Return when so many working days have passed."""
    return local(resolve(WorkingDays(count), at(since), "UTC", working), NEW_YORK).strftime("%Y-%m-%d %H:%M")


def hours(count: float, since: str, working: WorkingTime = OFFICE) -> str:
    """Return when so many working hours have passed."""
    moment = WorkingHours(int(count * HOUR))
    return local(resolve(moment, at(since), "UTC", working), NEW_YORK).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("since", "count", "until"),
    [
        ("2026-06-01 10:30", 2, "2026-06-03 10:30"),
        ("2026-06-05 15:00", 1, "2026-06-08 15:00"),
        ("2026-06-05 16:59", 1, "2026-06-08 16:59"),
        ("2026-06-05 17:00", 1, "2026-06-09 09:00"),
        ("2026-06-05 07:00", 1, "2026-06-08 09:00"),
        ("2026-06-06 12:00", 2, "2026-06-10 09:00"),
        ("2026-06-01 10:00", 10, "2026-06-15 10:00"),
        ("2026-11-25 10:00", 1, "2026-11-27 10:00"),
        ("2026-11-26 10:00", 1, "2026-11-30 09:00"),
        ("2026-12-24 10:00", 1, "2026-12-28 10:00"),
        ("2030-12-24 10:00", 1, "2030-12-26 10:00"),
    ],
)
def test_working_days(since: str, count: int, until: str) -> None:
    """The same time of day, on a day on which the shop works; what comes outside counts from the next beginning."""
    assert days(count, since) == until


@pytest.mark.parametrize(
    ("since", "count", "until"),
    [
        ("2026-06-01 10:30", 4, "2026-06-01 14:30"),
        ("2026-06-01 15:00", 4, "2026-06-02 11:00"),
        ("2026-06-05 16:00", 1, "2026-06-05 17:00"),
        ("2026-06-05 16:00", 1.5, "2026-06-08 09:30"),
        ("2026-06-05 18:00", 8, "2026-06-08 17:00"),
        ("2026-11-25 16:00", 2, "2026-11-27 10:00"),
    ],
)
def test_working_hours(since: str, count: float, until: str) -> None:
    """Only the hours in which the shop works pass."""
    assert hours(count, since) == until


def test_clocks_that_change_at_the_weekend_change_nothing() -> None:
    """Monday at the same time of day is a working day later, be that 71, 72 or 73 hours."""
    for friday, monday, elapsed in (
        ("2026-03-06 15:00", "2026-03-09 15:00", 71),
        ("2026-06-05 15:00", "2026-06-08 15:00", 72),
        ("2026-10-30 15:00", "2026-11-02 15:00", 73),
    ):
        assert days(1, friday) == monday
        assert at(monday) - at(friday) == elapsed * HOUR


def test_a_working_time_that_a_day_skips_comes_with_the_next_valid_instant() -> None:
    """On 8 March 2026 there is no 02:30 in New York; whoever works on Sundays goes on at 03:00."""
    nights = WorkingTime(NEW_YORK, tuple(range(7)), 60, 6 * 60)
    assert days(1, "2026-03-07 02:30", nights) == "2026-03-08 03:00"
    assert hours(4, "2026-03-08 01:00", nights) == "2026-03-08 06:00"
    assert hours(5, "2026-03-08 01:00", nights) == "2026-03-09 02:00"


def test_without_hours_whole_days_count() -> None:
    """A shop that only says on which days it works."""
    assert days(1, "2026-06-05 23:00", ANY_HOUR) == "2026-06-08 23:00"
    assert days(1, "2026-06-06 12:00", ANY_HOUR) == "2026-06-09 00:00"
    assert hours(2, "2026-06-05 23:00", ANY_HOUR) == "2026-06-08 01:00"


def test_the_shops_clock_decides_wherever_the_customer_is() -> None:
    """A customer in Tokyo waits for the same instant."""
    moment, since = WorkingDays(1), at("2026-06-05 15:00")
    assert resolve(moment, since, "Asia/Tokyo", OFFICE) == resolve(moment, since, "UTC", OFFICE)


@given(st.integers(0, 5 * 365 * 24 * 60), st.integers(1, 30), st.integers(0, 7 * 24))
def test_the_end_lies_in_working_time_and_later_starts_end_later(minute: int, count: int, later: int) -> None:
    """By any start: it is a working day, within its hours; and who starts later is never done earlier."""
    begin = at("2026-01-01 00:00") + minute * 60_000
    for moment in (WorkingDays(count), WorkingHours(count * HOUR)):
        end = resolve(moment, begin, "UTC", OFFICE)
        here = local(end, NEW_YORK)
        assert works(OFFICE, here.date())
        assert 9 * 60 <= here.hour * 60 + here.minute <= 17 * 60
        assert end - begin >= (count * DAY - HOUR if isinstance(moment, WorkingDays) else count * HOUR)
        assert resolve(moment, begin + later * HOUR, "UTC", OFFICE) >= end


def test_working_time_needs_a_calendar() -> None:
    """A plan that counts in it has one; anything else is a mistake of the program."""
    with pytest.raises(TypeError):
        resolve(WorkingDays(1), 0, "UTC")


def test_an_hour_that_comes_twice_is_two_hours_of_work() -> None:
    """Whoever begins in the second one has not worked the first."""
    second = to_millis(datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo(NEW_YORK)))
    always = replace(ANY_HOUR, weekdays=(0, 1, 2, 3, 4, 5, 6))
    assert resolve(WorkingHours(HOUR), second, "UTC", always) == second + HOUR
    assert resolve(WorkingHours(2 * HOUR), second - HOUR, "UTC", always) == second + HOUR

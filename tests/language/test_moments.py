"""Spans and points in time as text."""

import pytest

from punchcard.language.durations import DAY, HOUR, MINUTE, duration, likely
from punchcard.language.moments import ahead, expiry, moment, span_of_time
from punchcard.language.names import COUNTED, ORDER
from punchcard.language.scope import Scope
from punchcard.language.unfit import Unfit
from punchcard.plan.model import After, AfterMonths, Beside, DayBeside, EndOfDayAfter, NextTime, OnDate

SCOPE = Scope(facts={**ORDER, **COUNTED})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 minute", After(MINUTE)),
        ("90 minutes", After(90 * MINUTE)),
        ("1 hour", After(HOUR)),
        ("7 days", After(7 * DAY)),
        ("2 weeks", After(14 * DAY)),
        ("1 month", AfterMonths(1)),
        ("2 quarters", AfterMonths(6)),
        ("1 year", AfterMonths(12)),
    ],
)
def test_a_span_lies_ahead(text: str, expected: After | AfterMonths) -> None:
    """Minutes to weeks are elapsed time, months to years are calendar time."""
    assert ahead(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 days", EndOfDayAfter(days=30)),
        ("2 weeks", EndOfDayAfter(days=14)),
        ("3 months", EndOfDayAfter(months=3)),
        ("1 year", EndOfDayAfter(months=12)),
        ("36 hours", After(36 * HOUR)),
        ("2026-12-31", OnDate("2026-12-31", 23 * 60 + 59)),
        ("7 days after order.occurred_at", DayBeside("order", "occurred_at", days=7)),
        ("1 month after order.occurred_at", DayBeside("order", "occurred_at", months=1)),
        ("order.occurred_at", DayBeside("order", "occurred_at")),
        ("2 weeks after order.occurred_at at 18:00", DayBeside("order", "occurred_at", 14, minute=18 * 60)),
        ("36 hours after order.occurred_at", Beside("order", "occurred_at", 36 * HOUR)),
    ],
)
def test_a_reward_expires_with_its_last_day(text: str, expected: object) -> None:
    """Days and months end with the local day, hours do not, a date counts whole."""
    assert expiry(text, SCOPE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00", NextTime(9 * 60)),
        ("9:30", NextTime(9 * 60 + 30)),
        ("monday at 09:00", NextTime(9 * 60, 0)),
        ("Sunday", NextTime(0, 6)),
        ("2026-05-04", OnDate("2026-05-04")),
        ("2026-05-04 18:30", OnDate("2026-05-04", 18 * 60 + 30)),
        ("2026-05-04 at 18:30", OnDate("2026-05-04", 18 * 60 + 30)),
        ("order.occurred_at", Beside("order", "occurred_at")),
        ("3 days after order.occurred_at", Beside("order", "occurred_at", 3 * DAY)),
        ("2 hours before order.occurred_at", Beside("order", "occurred_at", -2 * HOUR)),
        ("2 months after order.occurred_at", Beside("order", "occurred_at", months=2)),
        ("1 year before order.occurred_at", Beside("order", "occurred_at", months=-12)),
        ("2 weeks before order.occurred_at at 10:00", DayBeside("order", "occurred_at", -14, minute=600)),
        ("1 quarter after order.occurred_at at 10:00", DayBeside("order", "occurred_at", 0, 3, 600)),
        ("order.occurred_at at 10:00", DayBeside("order", "occurred_at", minute=600)),
    ],
)
def test_a_point_in_time_is_read(text: str, expected: object) -> None:
    """Clock times, weekdays, dates, and moments beside those that an instance knows."""
    assert moment(text, SCOPE) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7d", "7 days"),
        ("7 Days", "7 days"),
        ("1 days", "1 day"),
        ("7 day", "7 days"),
        ("week", "1 week"),
        ("24h", "24 hours"),
        ("5 dyas", "5 days"),
        ("soon", None),
        ("1.5 days", "36 hours"),
        ("1 day 6 hours", "30 hours"),
        ("0.01 minutes", None),
    ],
)
def test_a_mistaken_span_is_guessed(text: str, meant: str | None) -> None:
    """What people write for a span leads to the one way to write it."""
    assert duration(text) is None
    assert likely(text) == meant


@pytest.mark.parametrize("text", ["0 days", "21 years", "999999 weeks", "-1 days", "٣ days"])
def test_an_impossible_span_is_refused(text: str) -> None:
    """Nothing, far too much, and other digits are no spans."""
    assert isinstance(span_of_time(text), Unfit)


@pytest.mark.parametrize(
    "text", ["24:00", "09:60", "2026-02-30", "someday", "coupon.expires", "order.amount", ""]
)
def test_what_is_no_point_in_time_is_refused(text: str) -> None:
    """Times and days that do not exist, and names that are no moments."""
    assert isinstance(moment(text, SCOPE), Unfit)

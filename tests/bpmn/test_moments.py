"""Timers as BPMN writes them."""

from __future__ import annotations

import pytest

from punchcard.bpmn.moments import duration, timer
from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    DayBeside,
    EndOfDayAfter,
    Moment,
    NextTime,
    OnDate,
)

MINUTE = 60 * 1000
DAY = 24 * 60 * MINUTE


@pytest.mark.parametrize(
    ("moment", "element", "text"),
    [
        (After(7 * DAY), "bpmn:timeDuration", "P7D"),
        (AfterMonths(6), "bpmn:timeDuration", "P6M"),
        (EndOfDayAfter(days=3, months=1), "bpmn:timeDuration", "P1M3D"),
        (OnDate("2026-05-04", 570), "bpmn:timeDate", "2026-05-04T09:30:00"),
        (NextTime(540), "bpmn:timeDate", "09:00"),
        (NextTime(540, 0), "bpmn:timeDate", "monday at 09:00"),
        (
            DayBeside("coupon", "expires", -14, minute=600),
            "bpmn:timeDate",
            "coupon.expires - P14D at 10:00",
        ),
        (DayBeside("occasion", "birthday", 0, 1), "bpmn:timeDate", "occasion.birthday + P1M at 24:00"),
        (Beside("coupon", "expires"), "bpmn:timeDate", "coupon.expires"),
        (Beside("coupon", "expires", -14 * DAY), "bpmn:timeDate", "coupon.expires - P14D"),
    ],
)
def test_each_kind_of_moment(moment: Moment, element: str, text: str) -> None:
    """ISO 8601 where it has a word for it, the campaign language's own where not."""
    assert timer(moment) == (element, text)


@pytest.mark.parametrize(
    ("millis", "text"),
    [(0, "PT0S"), (90 * MINUTE, "PT1H30M"), (DAY + 5 * MINUTE, "P1DT5M"), (36 * 60 * MINUTE, "P1DT12H")],
)
def test_spans(millis: int, text: str) -> None:
    """Days, then hours and minutes."""
    assert duration(millis) == text

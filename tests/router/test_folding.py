"""Orders folded in the order of time: what each rule makes of them, and that a late one displaces nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punchcard.plan.calendar import to_millis
from punchcard.plan.triggers import SpendTrigger, Trigger, VisitsTrigger
from punchcard.router.counting import Counting, counting
from punchcard.router.folding import Folded, fold
from punchcard.router.purchase import Purchase
from tests.router.campaigns import DAY, campaign

NEW_YORK = "America/New_York"


def made(trigger: Trigger, **terms: object) -> Counting:
    """Return a campaign that counts everything."""
    return counting("c", "v", 1, 0, campaign("c", trigger, **{"timezone": NEW_YORK, **terms}))


def purchase(at: int, net: int = 100_00, id: int = 0) -> Purchase:
    """Return an order."""
    return Purchase(
        id=id,
        source="shop",
        external_id=f"o{id}",
        customer_id=1,
        occurred_at=at,
        status="paid",
        currency="USD",
        amount=net,
        net=net,
        units=0,
        attributes="{}",
        history=False,
    )


def on(*days: str) -> list[Purchase]:
    """Return an order of $100 at each of these local times in UTC."""
    instants = [to_millis(datetime.fromisoformat(f"{day}+00:00")) for day in days]
    return [purchase(at, id=number) for number, at in enumerate(instants)]


def come_to(trigger: Trigger, orders: list[Purchase], carried: int = 0) -> tuple[int, int]:
    """Return how many occasions stand, and what is begun."""
    found: Folded = fold(made(trigger), orders, carried)
    return len(found.crossings), found.measure


@pytest.mark.parametrize(
    ("amounts", "carried", "found"),
    [
        ((499_99,), 0, (0, 499_99)),
        ((500_00,), 0, (1, 0)),
        ((600_00,), 0, (1, 0)),
        ((400_00, 400_00, 400_00), 0, (1, 400_00)),
        ((1200_00,), 0, (2, 0)),
        ((400_00, 650_00, 100_00), 0, (2, 100_00)),
        ((100_00,), 400_00, (1, 0)),
        ((99_99,), 400_00, (0, 499_99)),
    ],
)
def test_what_lies_above_a_crossing_is_dropped(
    amounts: tuple[int, ...], carried: int, found: tuple[int, int]
) -> None:
    """At every multiple that one order crosses, and with what an earlier way of counting had saved up."""
    orders = [purchase(number, net, number) for number, net in enumerate(amounts)]
    assert come_to(SpendTrigger(every=500_00, drops=True), orders, carried) == found


def test_a_window_ends_a_millisecond_before_its_span() -> None:
    """Two orders exactly 30 days apart lie in no window of 30 days."""
    window = SpendTrigger(reaches=200_00, within=30 * DAY)
    assert come_to(window, [purchase(0), purchase(30 * DAY - 1, id=1)]) == (1, 0)
    assert come_to(window, [purchase(0), purchase(30 * DAY, id=1)]) == (0, 100_00)


def test_each_order_counts_in_one_window() -> None:
    """After a window is full the next one begins with the next order."""
    window = SpendTrigger(reaches=200_00, within=30 * DAY)
    orders = [purchase(number * DAY, id=number) for number in range(5)]
    assert come_to(window, orders) == (2, 100_00)
    assert [order.id for order in fold(made(window), orders).crossings] == [1, 3]


def test_months_are_those_of_the_campaigns_calendar() -> None:
    """From the 31st of January to the 28th of February is a month, in New York at the same hour."""
    window = SpendTrigger(reaches=200_00, within_months=1)
    assert come_to(window, on("2027-01-31T12:00", "2027-02-28T11:59")) == (1, 0)
    assert come_to(window, on("2027-01-31T12:00", "2027-02-28T12:00")) == (0, 100_00)
    assert come_to(window, on("2026-02-15T17:00", "2026-03-15T15:59")) == (1, 0)
    assert come_to(window, on("2026-02-15T17:00", "2026-03-15T16:00")) == (0, 100_00)


@pytest.mark.parametrize(
    ("per", "days", "found"),
    [
        ("day", ("2026-05-04T12:00", "2026-05-05T12:00", "2026-05-06T12:00"), (1, 0)),
        ("day", ("2026-05-04T12:00", "2026-05-05T12:00", "2026-05-07T12:00"), (0, 1)),
        ("day", ("2026-05-05T03:59", "2026-05-05T04:00", "2026-05-07T03:59"), (1, 0)),
        ("day", ("2026-03-07T12:00", "2026-03-09T03:59", "2026-03-09T04:00"), (1, 0)),
        ("day", ("2026-10-31T12:00", "2026-11-02T04:59", "2026-11-02T05:00"), (1, 0)),
        ("week", ("2026-12-27T12:00", "2026-12-28T12:00", "2027-01-10T12:00"), (1, 0)),
        ("week", ("2026-12-20T12:00", "2026-12-28T12:00", "2027-01-10T12:00"), (0, 2)),
        ("month", ("2026-11-30T12:00", "2026-12-01T12:00", "2027-01-31T12:00"), (1, 0)),
        ("quarter", ("2026-09-30T12:00", "2026-10-01T12:00", "2027-01-31T12:00"), (1, 0)),
    ],
)
def test_periods_in_a_row(per: str, days: tuple[str, ...], found: tuple[int, int]) -> None:
    """Across midnight, changes of the clocks and the turn of the year, by the campaign's calendar."""
    assert come_to(VisitsTrigger(consecutive=3, per=per), on(*days)) == found  # type: ignore[arg-type]


def test_a_streak_that_goes_on_has_a_further_occasion() -> None:
    """Seven days in a row are two rows of three, and one day of the next."""
    days = [purchase(number * DAY, id=number) for number in range(7)]
    assert come_to(VisitsTrigger(consecutive=3, per="day"), days) == (2, 1)


TRIGGERS = (
    SpendTrigger(every=500_00, drops=True),
    SpendTrigger(reaches=300_00, within=3 * DAY),
    VisitsTrigger(consecutive=2, per="day"),
)
ORDERS = st.lists(
    st.tuples(st.integers(0, 20 * DAY), st.sampled_from((1, 49_99, 100_00, 250_00, 300_00, 499_99, 700_00))),
    max_size=12,
).map(lambda found: [purchase(at, net, id) for id, (at, net) in enumerate(found)])


@given(trigger=st.sampled_from(TRIGGERS), orders=ORDERS, data=st.data())
def test_a_late_order_displaces_no_occasion(
    trigger: Trigger, orders: list[Purchase], data: st.DataObject
) -> None:
    """In whatever order they arrive, one by one, the occasions only become more: those that stood go on standing."""
    arriving = data.draw(st.permutations(orders))
    counts = [come_to(trigger, arriving[:number])[0] for number in range(len(arriving) + 1)]
    assert all(before <= after for before, after in pairwise(counts))


@given(trigger=st.sampled_from(TRIGGERS), orders=ORDERS, data=st.data())
def test_a_refund_adds_none(trigger: Trigger, orders: list[Purchase], data: st.DataObject) -> None:
    """What is given back may reverse an occasion and never makes one."""
    if not orders:
        return
    place = data.draw(st.integers(0, len(orders) - 1))
    left = replace(orders[place], net=data.draw(st.integers(0, orders[place].net)))
    fewer = [*orders[:place], left, *orders[place + 1 :]]
    assert come_to(trigger, fewer)[0] <= come_to(trigger, orders)[0]

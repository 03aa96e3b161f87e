"""What counts, and why an order counts for nothing."""

from dataclasses import replace

import pytest

from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.triggers import EventTrigger, OrderTrigger, SpendTrigger, Trigger
from punchcard.router.counting import counting
from punchcard.router.match import Share, share
from punchcard.router.qualifying import filter_takes, why_event_starts_not, why_order_counts_not
from tests.router.campaigns import DAY, GOOD, ON_THE_WEB, PUBLISHED, campaign
from tests.router.test_match import purchase

SPEND = SpendTrigger(every=100_00)
AGAINST: tuple[tuple[Trigger, dict[str, object], str | None], ...] = (
    (EventTrigger(name="review"), {}, "no_orders"),
    (SPEND, {"net": 0}, "nothing_left"),
    (SPEND, {"currency": "EUR"}, "other_currency"),
    (SPEND, {"status": "placed"}, "not_so_far"),
    (SPEND, {"status": "cancelled"}, "not_so_far"),
    (SPEND, {"status": "delivered"}, None),
    (OrderTrigger(every=3, status="placed"), {"status": "placed"}, None),
    (OrderTrigger(every=3, status="delivered"), {}, "not_so_far"),
    (OrderTrigger(every=3, over=10_00), {"net": 10_00}, "not_over"),
    (OrderTrigger(every=3, over=10_00), {"net": 10_01}, None),
    (SpendTrigger(every=100_00, where=ON_THE_WEB), {}, "filtered_out"),
    (SpendTrigger(every=100_00, where=ON_THE_WEB), {"attributes": '{"channel": "web"}'}, None),
    (SPEND, {"occurred_at": PUBLISHED - 1}, "before_it_began"),
    (SPEND, {"occurred_at": PUBLISHED}, None),
    (SPEND, {"occurred_at": PUBLISHED + 10 * DAY}, "after_it_ended"),
    (SPEND, {"history": True}, "historical"),
)


@pytest.mark.parametrize(("trigger", "fields", "reason"), AGAINST)
def test_an_order_has_its_reason(trigger: Trigger, fields: dict[str, object], reason: str | None) -> None:
    """The first that speaks against it; what counts has none."""
    rule = counting("c", "v", 1, PUBLISHED, campaign("c", trigger), until=PUBLISHED + 10 * DAY)
    assert why_order_counts_not(rule, replace(purchase(), **fields)) == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts_history", "carried", "at", "reason"),
    [
        (False, False, DAY, "historical"),
        (True, False, -DAY, None),
        (True, True, -DAY, "before_it_began"),
        (True, True, DAY, None),
        (True, False, 10 * DAY, "after_it_ended"),
    ],
)
def test_history_counts_once(counts_history: bool, carried: bool, at: int, reason: str | None) -> None:
    """What an earlier epoch has carried over lies in what it carried."""
    plan = campaign("c", SPEND, count_history=counts_history)
    rule = counting("c", "v", 1, PUBLISHED, plan, until=PUBLISHED + 10 * DAY, carried=carried)
    assert why_order_counts_not(rule, purchase(at=PUBLISHED + at, history=True)) == reason


@pytest.mark.parametrize(("at", "history"), [(-DAY, False), (DAY, True)])
def test_an_order_before_the_counting_is_an_earlier_one(at: int, history: bool) -> None:
    """It does not count, but the next is not the customer's first any more; other campaigns do not care."""
    order = purchase(at=PUBLISHED + at, history=history)
    first = counting("c", "v", 1, PUBLISHED, campaign("c", OrderTrigger(first=True)))
    assert share(first, order) == Share(earlier=1)
    assert share(counting("c", "v", 1, PUBLISHED, campaign("c", SPEND)), order) == Share()


@pytest.mark.parametrize(
    ("attributes", "takes"),
    [("{}", False), ('{"floor": 3}', True), ('{"floor": "3"}', False), ('{"floor": true}', False)],
)
def test_a_field_of_another_type_is_absent(attributes: str, takes: bool) -> None:
    """What an order's own field holds counts only if it is what the programme declares."""
    floor = Apply("!=", (Field(("order", "floor"), type="number"), Const(1)))
    assert filter_takes(floor, replace(purchase(), attributes=attributes)) == takes


def test_an_event_has_its_reason() -> None:
    """The first that speaks against it."""
    rule = counting(
        "c", "v", 1, PUBLISHED, campaign("c", EventTrigger(name="review", once_per="product", where=GOOD))
    )
    fit = {"product": "tea", "rating": 5}
    assert why_event_starts_not(rule, "review", fit, PUBLISHED) is None
    assert why_event_starts_not(rule, "visit", fit, PUBLISHED) == "other_event"
    assert why_event_starts_not(rule, "review", {"rating": 5}, PUBLISHED) == "field_absent"
    assert why_event_starts_not(rule, "review", {**fit, "rating": 1}, PUBLISHED) == "filtered_out"
    assert why_event_starts_not(rule, "review", fit, PUBLISHED - 1) == "before_it_began"
    over = replace(rule, until=PUBLISHED + DAY)
    assert why_event_starts_not(over, "review", fit, PUBLISHED + DAY) == "after_it_ended"

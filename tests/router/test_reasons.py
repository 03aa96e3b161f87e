"""Why an order counts for nothing."""

from dataclasses import replace
from itertools import product

from punchcard.plan.triggers import EventTrigger, OrderTrigger, SpendTrigger, Trigger
from punchcard.router.match import counting, share
from punchcard.router.reasons import why_event_starts_not, why_order_counts_not
from tests.router.campaigns import DAY, GOOD, ON_THE_WEB, PUBLISHED, campaign
from tests.router.test_match import purchase

TRIGGERS: tuple[Trigger, ...] = (
    SpendTrigger(every=100_00),
    SpendTrigger(every=100_00, where=ON_THE_WEB),
    OrderTrigger(every=3, over=10_00, status="delivered"),
    OrderTrigger(first=True),
)


def test_there_is_a_reason_exactly_where_an_order_does_not_count() -> None:
    """The two ways to say it agree, for every kind of order and campaign."""
    plain = purchase()
    orders = [
        replace(plain, status=status, currency=currency, net=net, history=history, occurred_at=PUBLISHED + at)
        for status, currency, net, history, at in product(
            ("placed", "paid", "delivered", "cancelled"),
            ("USD", "EUR"),
            (0, 5_00, 50_00),
            (False, True),
            (-DAY, DAY, 20 * DAY),
        )
    ]
    for trigger, counts_history, carried in product(TRIGGERS, (False, True), (False, True)):
        plan = campaign("c", trigger, count_history=counts_history)
        rule = counting("c", "v", 1, PUBLISHED, plan, until=PUBLISHED + 10 * DAY, carried=carried)
        for order in orders:
            counts = share(rule, order).measure > 0
            assert (why_order_counts_not(rule, order) is None) == counts, (trigger, order)


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

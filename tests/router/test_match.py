"""Matching: pure functions from orders and events to identities, shares and the ids of instances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from punchcard.domain.database import dump
from punchcard.plan.calendar import to_datetime
from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.epochs import carries, end
from punchcard.plan.model import Plan
from punchcard.plan.triggers import EventTrigger, ItemsTrigger, OrderTrigger, SpendTrigger, Trigger
from punchcard.router.counting import carried_over, counting
from punchcard.router.match import Share, event_identity, share, standing, workflow_id
from punchcard.router.purchase import Purchase
from punchcard.router.qualifying import event_names, in_other_currency, why_event_starts_not
from tests.router.campaigns import DAY, GOOD, ITEM_A, PUBLISHED, campaign

# Two of the three that cost something, three of the dearer ones, and one that was free.
LINES = dump(
    [
        {"id": "1", "sku": "a", "quantity": 3, "amount": 15_00, "returned": 1},
        {"id": "2", "sku": "b", "quantity": 3, "amount": 45_00},
        {"id": "3", "sku": "a", "quantity": 1, "amount": 0},
    ]
)
DEAR = Apply(">", (Field(("item", "price")), Const(5_00)))


def purchase(net: int = 60_00, at: int = PUBLISHED, status: str = "paid", history: bool = False) -> Purchase:
    """Return an order in dollars."""
    return Purchase(1, "shop", "o1", 7, at, status, "USD", net, net, 0, "{}", history)


@pytest.mark.parametrize(
    ("trigger", "order", "expected"),
    [
        (SpendTrigger(every=1), purchase(), Share(60_00)),
        (SpendTrigger(every=1), purchase(net=0), Share()),
        (SpendTrigger(every=1), purchase(at=PUBLISHED - 1), Share()),
        (SpendTrigger(every=1), purchase(status="placed"), Share()),
        (OrderTrigger(every=3), purchase(), Share(1)),
        (ItemsTrigger(every=3), purchase(), Share()),
        (ItemsTrigger(every=3), replace(purchase(), lines=LINES), Share(5)),
        (ItemsTrigger(every=3, where=ITEM_A), replace(purchase(), lines=LINES), Share(2)),
        (ItemsTrigger(every=3, where=DEAR), replace(purchase(), lines=LINES), Share(3)),
        (OrderTrigger(every=3, over=60_00), purchase(), Share()),
        (OrderTrigger(every=3, status="placed"), purchase(status="placed"), Share(1)),
        (OrderTrigger(every=3, status="placed"), purchase(status="cancelled"), Share()),
        (OrderTrigger(every=3, status="delivered"), purchase(), Share()),
        (OrderTrigger(first=True), purchase(at=PUBLISHED - 1), Share(earlier=1)),
        (OrderTrigger(first=True), purchase(history=True), Share(earlier=1)),
    ],
)
def test_an_order_counts_for_what_the_trigger_says(
    trigger: Trigger, order: Purchase, expected: Share
) -> None:
    """Money or stamps, from the publication on, once the order has come so far and is large enough."""
    assert share(counting("c", "v", 1, PUBLISHED, campaign("c", trigger)), order) == expected


@pytest.mark.parametrize(
    ("trigger", "measure", "earlier", "expected"),
    [
        (SpendTrigger(every=500), 499, 0, 0),
        (SpendTrigger(every=500), 1500, 0, 3),
        (SpendTrigger(reaches=500), 5000, 0, 1),
        (OrderTrigger(every=10), 21, 0, 2),
        (ItemsTrigger(every=10), 21, 0, 2),
        (OrderTrigger(first=True), 3, 0, 1),
        (OrderTrigger(first=True), 3, 1, 0),
        (OrderTrigger(), 3, 0, 3),
    ],
)
def test_occasions_stand_by_the_sums(trigger: Trigger, measure: int, earlier: int, expected: int) -> None:
    """Crossing n stands where the sum reaches n times the step; a goal and a first order stand once."""
    assert standing(counting("c", "v", 1, 0, campaign("c", trigger)), measure, earlier) == expected


def test_a_campaign_ends_with_its_last_day_in_its_own_zone() -> None:
    """The last day counts to its last instant; an epoch that ends earlier ends the counting."""
    plan = campaign("c", SpendTrigger(every=1), ends="2026-06-10", timezone="America/New_York")
    over = end(plan)
    assert over is not None
    assert to_datetime(over).isoformat() == "2026-06-11T04:00:00+00:00"
    whole = counting("c", "v", 1, PUBLISHED, plan)
    assert share(whole, purchase(at=over - 1)) == Share(60_00)
    assert share(whole, purchase(at=over)) == Share()
    assert counting("c", "v", 1, PUBLISHED, plan, until=over - DAY).until == over - DAY


@pytest.mark.parametrize(
    ("data", "identity"),
    [
        ({"product": "tea", "rating": 5}, 'product="tea"'),
        ({"product": 7, "rating": 5}, "product=7"),
    ],
)
def test_an_event_is_an_occasion_for_each_value_of_its_field(data: dict[str, object], identity: str) -> None:
    """Text and numbers are told apart."""
    plan = campaign("c", EventTrigger(name="r", once_per="product", where=GOOD))
    assert event_identity(plan, "shop", "e1", data) == identity


def test_without_a_field_each_event_is_its_own_occasion() -> None:
    """Its identity is (source, id)."""
    assert event_identity(campaign("c", EventTrigger(name="r")), "shop", "e1", {}) == "shop/e1"


@pytest.mark.parametrize(
    ("value", "counted", "recorded"),
    [
        ({"amount": "90.00", "currency": "USD"}, 90_00, {}),
        ({"amount": "90.00", "currency": "EUR"}, None, {"event.value": "90.00 EUR"}),
    ],
)
def test_an_events_money_counts_in_the_campaigns_currency(
    value: dict[str, str], counted: int | None, recorded: dict[str, str]
) -> None:
    """It is minor units then; in another currency it is absent, and what it was is recorded."""
    plan = campaign("c", EventTrigger(name="cart_left", money=("value", "deposit")))
    data = {"items": 2, "value": value}
    assert event_names(plan, data) == {"items": 2, "value": counted}
    assert in_other_currency(plan, data) == recorded


def test_a_filter_reads_an_events_money() -> None:
    """An amount in another currency is absent, so the filter is not met."""
    above = Apply(">", (Field(("event", "value")), Const(80_00)))
    plan = campaign("c", EventTrigger(name="cart_left", where=above, money=("value",)))
    money = [{"amount": amount, "currency": currency} for amount, currency in (("90", "USD"), ("90", "EUR"))]
    rule = counting("c", "v", 1, PUBLISHED, plan)
    found = [why_event_starts_not(rule, "cart_left", {"value": each}, PUBLISHED) for each in money]
    assert found == [None, "filtered_out"]


def test_the_id_of_an_instance_holds_no_word_of_a_person() -> None:
    """Ordinals are shown, other identities as a hash; the generation ends it."""
    assert workflow_id("save", 2, 7, "3", 1) == "save.e2.c7.3.g1"
    hashed = workflow_id("save", 2, 7, "ann@example.com/1", 2)
    assert "ann" not in hashed
    assert hashed.startswith("save.e2.c7.")
    assert hashed.endswith(".g2")


EVERY = SpendTrigger(every=500_00)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (EVERY, SpendTrigger(reaches=1), True),
        (OrderTrigger(every=2), OrderTrigger(every=3), True),
        (ItemsTrigger(every=2), ItemsTrigger(every=3), True),
        (ItemsTrigger(every=2), OrderTrigger(every=3), False),
        (OrderTrigger(first=True), OrderTrigger(every=3), False),
        (EVERY, OrderTrigger(every=3), False),
        (EventTrigger(name="a"), EventTrigger(name="b"), False),
    ],
)
def test_only_the_same_unit_is_carried_over(old: Trigger, new: Trigger, expected: bool) -> None:
    """Money to money, stamps to stamps."""
    assert carries(campaign("c", old), campaign("c", new)) is expected


@pytest.mark.parametrize(
    ("old", "new", "measure", "expected"),
    [
        (EVERY, SpendTrigger(every=400_00), 700_00, 200_00),
        (EVERY, SpendTrigger(every=400_00), 450_00, 399_99),
        (EVERY, SpendTrigger(reaches=900_00), 450_00, 450_00),
        (SpendTrigger(reaches=300_00), EVERY, 350_00, 50_00),
        (SpendTrigger(reaches=300_00), EVERY, 250_00, 250_00),
        (OrderTrigger(every=10), OrderTrigger(every=8), 29, 7),
        (ItemsTrigger(every=10), ItemsTrigger(every=8), 26, 6),
    ],
)
def test_what_is_carried_over_stays_below_the_first_crossing(
    old: Trigger, new: Trigger, measure: int, expected: int
) -> None:
    """What lies above the last crossing, and at most what the next order completes."""
    plans: tuple[Plan, Plan] = campaign("c", old), campaign("c", new)
    assert carried_over(*plans, measure) == expected

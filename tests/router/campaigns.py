"""Campaigns of every counted kind, small enough that a few orders cross them."""

from __future__ import annotations

from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.model import After, Again, Plan, Send, Wait
from punchcard.plan.triggers import (
    EventTrigger,
    ItemsTrigger,
    OrderTrigger,
    SpendTrigger,
    Trigger,
    VisitsTrigger,
)

HOUR = 3600 * 1000
DAY = 24 * HOUR
# Campaigns are published at this instant; tests look back at it from `NOW`.
PUBLISHED = 1_780_000_000_000
NOW = PUBLISHED + 40 * DAY

ON_THE_WEB = Apply("==", (Field(("order", "channel")), Const("web")))
ITEM_A = Apply("==", (Field(("item", "sku")), Const("a")))
GOOD = Apply(">=", (Field(("event", "rating")), Const(3)))


def campaign(name: str, trigger: Trigger, **terms: object) -> Plan:
    """Return a campaign whose instances wait for a day, unless `terms` say otherwise."""
    wait = Wait(path="1", until=After(DAY))
    values: dict[str, object] = {"title": name, "currency": "USD", "steps": (wait,), **terms}
    return Plan(campaign=name, trigger=trigger, **values)  # type: ignore[arg-type]


LISTENS = (Wait(path="1", until=After(DAY), events=("customer.ordered", "customer.review")),)

SPEND = campaign("spend", SpendTrigger(every=100_00), count_history=True)
ON_WEB = campaign("on-the-web", SpendTrigger(every=70_00, where=ON_THE_WEB))
REACHES = campaign("reaches", SpendTrigger(reaches=150_00), ends="2026-06-10")
FIRST = campaign("first", OrderTrigger(first=True), holdout=5000)
EVERY_THIRD = campaign("third", OrderTrigger(every=3, over=10_00, status="delivered"))
UNITS = campaign("units", ItemsTrigger(every=3))
SOME_UNITS = campaign("some-units", ItemsTrigger(every=2, where=ITEM_A), count_history=True)
EACH = campaign("each", OrderTrigger(over=50_00), count_history=True)
DROP = campaign("drop", SpendTrigger(every=100_00, drops=True))
WINDOW = campaign("window", SpendTrigger(reaches=150_00, within=9 * DAY), count_history=True)
MONTHLY = campaign("monthly", SpendTrigger(reaches=90_00, within_months=1, where=ON_THE_WEB))
WEEKLY = campaign("weekly", VisitsTrigger(consecutive=2), timezone="America/New_York", count_history=True)
DAILY = campaign("daily", VisitsTrigger(consecutive=2, per="day"), timezone="Europe/Berlin")
REVIEW = campaign("review", EventTrigger(name="review", once_per="product", where=GOOD))
VISIT = campaign("visit", EventTrigger(name="review"), steps=LISTENS)

EACH_ONCE = campaign("each-once", OrderTrigger(over=50_00), again=Again("once"))
SPEND_ONCE = campaign("spend-once", SpendTrigger(every=100_00), again=Again("once"))
REVIEW_ONCE = campaign("review-once", EventTrigger(name="review", where=GOOD), again=Again("once"))

ALL = (
    SPEND,
    ON_WEB,
    REACHES,
    FIRST,
    EVERY_THIRD,
    UNITS,
    SOME_UNITS,
    EACH,
    DROP,
    WINDOW,
    MONTHLY,
    WEEKLY,
    DAILY,
    REVIEW,
    VISIT,
    EACH_ONCE,
    SPEND_ONCE,
    REVIEW_ONCE,
)

HELLO = (Send(path="1", message="hello"),)

"""The ways through `at-risk`."""

from functools import partial

from tests.workflows.journeys.deeds import becomes_rare, orders_again, redeems
from tests.workflows.journeys.journey import Journey

at_risk = partial(Journey, "at-risk", begin=becomes_rare)

JOURNEYS = (
    at_risk(
        "came-back",
        outcome="stopped",
        mails=("is-anything-wrong",),
        reactions={"is-anything-wrong": orders_again},
    ),
    at_risk(
        "with-a-gift",
        outcome="stopped",
        mails=("is-anything-wrong", "a-gift-for-you"),
        reactions={"a-gift-for-you": redeems},
    ),
    at_risk(
        "stayed-away",
        outcome="completed",
        mails=("is-anything-wrong", "a-gift-for-you", "gift-ends-soon"),
    ),
)

"""The ways through `punch-card`."""

from functools import partial

from tests.workflows.journeys.deeds import orders, redeems
from tests.workflows.journeys.journey import Journey

card = partial(Journey, "punch-card", begin=orders(10, "6.00"))

JOURNEYS = (
    card("redeemed", outcome="stopped", mails=("card-is-full",), reactions={"card-is-full": redeems}),
    card(
        "reminded",
        outcome="completed",
        mails=("card-is-full", "card-reminder"),
        reactions={"card-reminder": redeems},
    ),
    card("expired", outcome="stopped", mails=("card-is-full", "card-reminder")),
)

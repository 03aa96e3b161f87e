"""The ways through `four-weeks`."""

from functools import partial

from tests.workflows.journeys.deeds import orders_weekly, redeems
from tests.workflows.journeys.journey import Journey

weeks = partial(Journey, "four-weeks", begin=orders_weekly(4))

JOURNEYS = (
    weeks("redeemed", outcome="completed", mails=("four-in-a-row",), reactions={"four-in-a-row": redeems}),
    weeks("expired", outcome="stopped", mails=("four-in-a-row",)),
)

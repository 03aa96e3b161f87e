"""The ways through `busy-month`."""

from functools import partial

from tests.workflows.journeys.deeds import orders, redeems
from tests.workflows.journeys.journey import Journey

busy = partial(Journey, "busy-month", begin=orders(2, "160.00"))

JOURNEYS = (
    busy("redeemed", outcome="stopped", mails=("what-a-month",), reactions={"what-a-month": redeems}),
    busy("reminded", outcome="completed", mails=("what-a-month", "a-week-left")),
)

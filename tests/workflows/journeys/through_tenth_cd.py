"""The ways through `tenth-cd`."""

from functools import partial

from tests.workflows.journeys.deeds import buys, redeems
from tests.workflows.journeys.journey import Journey

card = partial(Journey, "tenth-cd", begin=buys(9, "cd"))

JOURNEYS = (
    card("chosen-in-time", outcome="stopped", mails=("one-is-on-us",), reactions={"one-is-on-us": redeems}),
    card("reminded-of-the-cd", outcome="completed", mails=("one-is-on-us", "two-weeks-left")),
)

"""The ways through `two-gifts`: each gift is reminded of in the same way."""

from functools import partial

from tests.workflows.journeys.deeds import orders, redeems
from tests.workflows.journeys.journey import Journey

gifts = partial(Journey, "two-gifts", begin=orders(2, "1000.00"), outcome="completed")
FIRST, FIRST_WAITS, SECOND, SECOND_WAITS = (
    "the-first-gift",
    "the-first-waits",
    "the-second-gift",
    "the-second-waits",
)

JOURNEYS = (
    gifts("unused", mails=(FIRST, FIRST_WAITS, SECOND, SECOND_WAITS)),
    gifts("both-at-once", mails=(FIRST, SECOND), reactions={FIRST: redeems, SECOND: redeems}),
    gifts(
        "both-after-a-reminder",
        mails=(FIRST, FIRST_WAITS, SECOND, SECOND_WAITS),
        reactions={FIRST_WAITS: redeems, SECOND_WAITS: redeems},
    ),
)

"""The ways through `which-gift`: each gift by lot, since nobody is counted yet."""

from functools import partial

from tests.workflows.journeys.deeds import falls_asleep, orders_again
from tests.workflows.journeys.journey import Journey

gift = partial(Journey, "which-gift", begin=falls_asleep, outcome="completed")

JOURNEYS = (
    gift("ten-percent", mails=("ten-percent-off", "one-week-left"), variants={"gift": "ten-percent"}),
    gift(
        "came-back",
        mails=("shipping-is-on-us",),
        reactions={"shipping-is-on-us": orders_again},
        variants={"gift": "free-shipping"},
    ),
)

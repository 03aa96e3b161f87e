"""The ways through `a-year-with-us`."""

from functools import partial

from tests.workflows.journeys.deeds import first_orders, redeems
from tests.workflows.journeys.journey import Journey

year = partial(Journey, "a-year-with-us", begin=first_orders)

JOURNEYS = (
    year(
        "redeemed",
        outcome="stopped",
        mails=("thank-you-for-staying",),
        reactions={"thank-you-for-staying": redeems},
    ),
    year("reminded", outcome="completed", mails=("thank-you-for-staying", "three-days-left")),
)

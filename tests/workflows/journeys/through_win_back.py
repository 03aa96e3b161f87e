"""The ways through `win-back`."""

from functools import partial

from tests.workflows.journeys.deeds import falls_silent, orders_again, redeems
from tests.workflows.journeys.journey import Journey

win_back = partial(Journey, "win-back", begin=falls_silent)

JOURNEYS = (
    win_back("came-back", outcome="stopped", mails=("we-miss-you",), reactions={"we-miss-you": orders_again}),
    win_back(
        "with-voucher",
        outcome="stopped",
        mails=("we-miss-you", "ten-dollars"),
        reactions={"ten-dollars": redeems},
    ),
    win_back("silent", outcome="completed", mails=("we-miss-you", "ten-dollars", "one-week-left")),
)

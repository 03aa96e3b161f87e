"""The ways through `welcome-to-the-loyal`."""

from functools import partial

from tests.workflows.journeys.deeds import becomes_loyal, redeems
from tests.workflows.journeys.journey import Journey

loyal = partial(Journey, "welcome-to-the-loyal", begin=becomes_loyal)

JOURNEYS = (
    loyal(
        "redeemed",
        outcome="completed",
        mails=("you-are-among-the-best",),
        reactions={"you-are-among-the-best": redeems},
    ),
    loyal("reminded", outcome="completed", mails=("you-are-among-the-best", "your-thanks-wait")),
)

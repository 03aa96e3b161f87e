"""The ways through `welcome-to-the-loyal`."""

from functools import partial

from tests.workflows.journeys.deeds import becomes_loyal, redeems, redeems_for_each_order
from tests.workflows.journeys.journey import Journey

loyal = partial(Journey, "welcome-to-the-loyal", begin=becomes_loyal)

JOURNEYS = (
    loyal(
        "used-up",
        outcome="completed",
        mails=("you-are-among-the-best",),
        reactions={"you-are-among-the-best": redeems_for_each_order},
    ),
    loyal(
        "used-once",
        outcome="completed",
        mails=("you-are-among-the-best", "two-weeks-left"),
        reactions={"you-are-among-the-best": redeems},
    ),
    loyal(
        "reminded",
        outcome="completed",
        mails=("you-are-among-the-best", "your-thanks-wait", "two-weeks-left"),
    ),
)

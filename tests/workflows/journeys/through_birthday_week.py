"""The ways through `birthday-week`."""

from functools import partial

from tests.workflows.journeys.deeds import has_a_birthday, redeems
from tests.workflows.journeys.journey import Journey

birthday = partial(Journey, "birthday-week", begin=has_a_birthday)

JOURNEYS = (
    birthday(
        "redeemed",
        outcome="stopped",
        mails=("your-week-begins",),
        reactions={"your-week-begins": redeems},
    ),
    birthday("reminded", outcome="completed", mails=("your-week-begins", "two-days-left")),
)

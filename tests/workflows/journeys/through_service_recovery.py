"""The ways through `service-recovery`: somebody calls, or nobody does."""

from functools import partial

from tests.workflows.journeys.deeds import act, answers
from tests.workflows.journeys.journey import Journey
from tests.workflows.stage import Stage


def complains(stage: Stage, customer: str, campaign: str) -> None:
    """Complain about something."""
    stage.post("complaint_received", customer, {"ticket": f"T-{customer}", "about": "a broken cup"})


recovery = partial(Journey, "service-recovery", begin=complains, outcome="completed")

WE_HAVE_IT, GIFT, ASKED = "we-have-it", "for-the-trouble", "are-we-good-again"

JOURNEYS = (
    recovery(
        "pleased",
        mails=(WE_HAVE_IT, GIFT, ASKED),
        reactions={"call": act("done", "service"), ASKED: answers("5")},
    ),
    recovery(
        "still-unhappy",
        mails=(WE_HAVE_IT, GIFT, ASKED),
        reactions={
            "call": act("done", "service"),
            ASKED: answers("1"),
            "second_call": act("done", "manager"),
        },
    ),
    recovery("nobody-called", mails=(WE_HAVE_IT, "sorry-for-the-wait", GIFT, ASKED)),
)

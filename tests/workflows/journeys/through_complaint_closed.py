"""The ways through `complaint-closed`: a small loss ends there, a large one waits for another campaign's end."""

from functools import partial

from tests.workflows.journeys.deeds import answers
from tests.workflows.journeys.journey import Deed, Journey
from tests.workflows.stage import Stage

CLOSED, SETTLED, LATE = "closed", "is-it-settled", "still-with-us"


def closes(loss: str) -> Deed:
    """Return what begins with closing a complaint over so much."""
    money = {"amount": loss, "currency": "USD"}
    inputs = {"ticket": "T-1", "order_number": "A-7", "loss": money}
    return lambda stage, customer, campaign: stage.start("complaint-closed", customer, inputs)


def complains_a_third_time(stage: Stage, customer: str, campaign: str) -> None:
    """Have been compensated as often as that campaign's limit allows, and complain again."""
    for _ in range(2):
        loss = {"amount": "30.00", "currency": "USD"}
        stage.start("compensation", customer, {"order_number": "A-6", "loss": loss})
    closes("30.00")(stage, customer, campaign)


closed = partial(Journey, "complaint-closed", outcome="completed")

JOURNEYS = (
    closed("small", begin=closes("20.00"), mails=(CLOSED,)),
    closed("large", begin=closes("20.01"), mails=(CLOSED, SETTLED), reactions={SETTLED: answers("yes")}),
    closed("wordless", begin=closes("20.01"), mails=(CLOSED, SETTLED)),
    closed("undecided", begin=closes("100.01"), mails=(CLOSED,)),
    closed("too-often", begin=complains_a_third_time, mails=(CLOSED, LATE)),
)

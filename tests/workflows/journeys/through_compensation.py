"""The ways through `compensation`: below the limit, and above it by each decision."""

from functools import partial

from tests.workflows.journeys.deeds import act, is_cancelled
from tests.workflows.journeys.journey import Deed, Journey

GIVEN, REJECTED, LATE = "your-compensation", "no-compensation", "please-be-patient"


def loses(amount: str) -> Deed:
    """Return what begins with a loss of so much."""
    inputs = {"order_number": "A-7", "loss": {"amount": amount, "currency": "USD"}}
    return lambda stage, customer, campaign: stage.start("compensation", customer, inputs)


small = partial(Journey, "compensation", begin=loses("100.00"))
large = partial(Journey, "compensation", begin=loses("100.01"))

JOURNEYS = (
    small("small", outcome="completed", mails=(GIVEN,)),
    large(
        "approved", outcome="completed", mails=(GIVEN,), reactions={"approval": act("approved", "manager")}
    ),
    large(
        "rejected", outcome="stopped", mails=(REJECTED,), reactions={"approval": act("rejected", "manager")}
    ),
    large("undecided", outcome="stopped", mails=(LATE,)),
    large("cancelled", outcome="cancelled", mails=(), reactions={"approval": is_cancelled}),
)

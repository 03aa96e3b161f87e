"""The ways through `complaint-closed`: a small loss ends there, a large one starts another campaign."""

from functools import partial

from tests.workflows.journeys.journey import Deed, Journey


def closes(loss: str) -> Deed:
    """Return what begins with closing a complaint over so much."""
    inputs = {"ticket": "T-1", "order_number": "A-7", "loss": {"amount": loss, "currency": "USD"}}
    return lambda stage, customer, campaign: stage.start("complaint-closed", customer, inputs)


closed = partial(Journey, "complaint-closed", outcome="completed", mails=("closed",))

JOURNEYS = (closed("small", begin=closes("20.00")), closed("large", begin=closes("20.01")))

"""The ways through `try-at-home`: approved, taken back for either reason, or not reserved at all."""

from functools import partial
from typing import Any

from tests.workflows.journeys.deeds import act
from tests.workflows.journeys.journey import Deed, Journey
from tests.workflows.stage import Stage

COMING, NOT_NOW = "your-sample-is-coming", "no-sample-now"


def asks(reply: dict[str, Any] | str) -> Deed:
    """Return what begins with a sample, where the warehouse answers so."""

    def begin(stage: Stage, customer: str, campaign: str) -> None:
        stage.warehouse.answers[customer] = reply
        stage.start(campaign, customer, {"sample": customer})

    return begin


reserved = partial(Journey, "try-at-home", begin=asks({"reservation": "R-1"}))

JOURNEYS = (
    reserved(
        "approved", outcome="completed", mails=(COMING,), reactions={"approval": act("approved", "manager")}
    ),
    reserved("rejected", outcome="stopped", mails=(), reactions={"approval": act("rejected", "manager")}),
    reserved("undecided", outcome="stopped", mails=()),
    Journey(
        "try-at-home",
        "not-there",
        begin=asks("warehouse.shop.example answered 409 Conflict."),
        outcome="stopped",
        mails=(NOT_NOW,),
    ),
)

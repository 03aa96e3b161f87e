"""The ways through `parcel-gift`: packed by the warehouse, packed by hand, or by nobody."""

from functools import partial
from typing import Any

from tests.workflows.journeys.deeds import act
from tests.workflows.journeys.journey import Deed, Journey
from tests.workflows.stage import Stage

PACKED = {"parcel": "P-7", "ships_on": "2026-06-02"}


def begins(reply: dict[str, Any] | str) -> Deed:
    """Return what begins with a gift for a parcel, where the warehouse answers so."""

    def begin(stage: Stage, customer: str, campaign: str) -> None:
        stage.warehouse.answers[customer] = reply
        stage.start(campaign, customer, {"order_number": customer, "gift": "a mug"})

    return begin


gift = partial(Journey, "parcel-gift")
unpacked = partial(gift, begin=begins("warehouse.shop.example answered 410 Gone."))

JOURNEYS = (
    gift("packed", begin=begins(PACKED), outcome="completed", mails=("a-gift-is-packed",)),
    unpacked(
        "by-hand",
        outcome="completed",
        mails=("a-gift-is-coming",),
        reactions={"by_hand": act("done", "service")},
    ),
    unpacked("by-nobody", outcome="stopped", mails=()),
)

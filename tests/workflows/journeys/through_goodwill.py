"""The ways through `goodwill`."""

from functools import partial

from tests.workflows.journeys.deeds import answers, by_hand, redeems
from tests.workflows.journeys.journey import Journey

goodwill = partial(Journey, "goodwill", outcome="completed")

JOURNEYS = (
    goodwill("phone", begin=by_hand("80.00", by_phone=True), outcome="stopped", mails=("we-are-sorry",)),
    goodwill("silent", begin=by_hand("49.99"), mails=("we-are-sorry", "are-we-good")),
    goodwill(
        "good",
        begin=by_hand("50.00"),
        mails=("we-are-sorry", "are-we-good"),
        reactions={"we-are-sorry": redeems, "are-we-good": answers("yes")},
    ),
    goodwill(
        "not-good",
        begin=by_hand("10.00"),
        mails=("we-are-sorry", "are-we-good", "what-can-we-do"),
        reactions={"are-we-good": answers("no"), "what-can-we-do": answers("Call me.")},
    ),
    goodwill(
        "wordless",
        begin=by_hand("10.00"),
        mails=("we-are-sorry", "are-we-good", "what-can-we-do"),
        reactions={"are-we-good": answers("no")},
    ),
)

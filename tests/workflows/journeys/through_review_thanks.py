"""The ways through `review-thanks`."""

from functools import partial

from tests.workflows.journeys.deeds import answers, reviews
from tests.workflows.journeys.journey import Journey

thanks = partial(Journey, "review-thanks", begin=reviews(5))

JOURNEYS = (
    thanks("good", outcome="completed", mails=("thanks-for-your-review",)),
    thanks(
        "disappointed",
        begin=reviews(2),
        outcome="completed",
        mails=("what-went-wrong", "thanks-for-your-review"),
        reactions={"what-went-wrong": answers("It dripped.")},
    ),
    thanks("wordless", begin=reviews(1), outcome="stopped", mails=("what-went-wrong",)),
)

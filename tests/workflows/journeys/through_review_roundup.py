"""The ways through `review-roundup`; a batch of one closes at once on a stage whose clock is steered."""

from functools import partial

from tests.workflows.journeys.deeds import reviews
from tests.workflows.journeys.journey import Journey

roundup = partial(Journey, "review-roundup", begin=reviews(5))

JOURNEYS = (roundup("one", outcome="completed", mails=("others-read-you",)),)

"""The ways through `would-you-recommend`."""

from functools import partial

from tests.workflows.journeys.deeds import answers, orders
from tests.workflows.journeys.journey import Journey

recommend = partial(
    Journey, "would-you-recommend", begin=orders(5, "30.00", status="delivered"), outcome="completed"
)
ASKED, CHANGE = "would-you-recommend-us", "what-should-change"

JOURNEYS = (
    recommend("silent", mails=(ASKED,)),
    recommend(
        "not-at-all",
        mails=(ASKED, CHANGE),
        reactions={ASKED: answers("2"), CHANGE: answers("The parcels come late.")},
    ),
    recommend("perhaps", mails=(ASKED, "thanks-for-telling"), reactions={ASKED: answers("7")}),
    recommend("certainly", mails=(ASKED, "tell-a-friend"), reactions={ASKED: answers("10")}),
)

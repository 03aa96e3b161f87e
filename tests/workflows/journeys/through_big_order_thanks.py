"""The ways through `big-order-thanks`."""

from functools import partial

from tests.workflows.journeys.deeds import orders, redeems
from tests.workflows.journeys.journey import Journey

thanks = partial(Journey, "big-order-thanks", begin=orders(1, "200.00"), outcome="completed")
PLAIN, PERSONAL, LEFT = "plain-thanks", "personal-thanks", "fifteen-days-left"

JOURNEYS = (
    thanks("plain", mails=(PLAIN, LEFT), variants={"tone": "plain"}),
    thanks("personal", mails=(PERSONAL, LEFT), variants={"tone": "personal"}),
    thanks("redeemed", mails=(PERSONAL,), variants={"tone": "personal"}, reactions={PERSONAL: redeems}),
)

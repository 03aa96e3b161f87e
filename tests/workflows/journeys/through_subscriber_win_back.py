"""The ways through `subscriber-win-back`: its rounds end with the third, or with an order."""

from functools import partial

from tests.workflows.journeys.deeds import ends_a_subscription, orders_again, redeems
from tests.workflows.journeys.journey import Journey

back = partial(Journey, "subscriber-win-back", begin=ends_a_subscription, outcome="completed")
MISS, GIFT, LAST = "we-miss-you", "a-gift-to-return", "our-last-letter"

JOURNEYS = (
    back("gone", mails=(MISS, GIFT, LAST)),
    back("back-at-once", mails=(MISS,), reactions={MISS: orders_again}),
    back("back-with-the-gift", mails=(MISS, GIFT, LAST), reactions={GIFT: redeems}),
    back("back-late", mails=(MISS, GIFT), reactions={GIFT: orders_again}),
)

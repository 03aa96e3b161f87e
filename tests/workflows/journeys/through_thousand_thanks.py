"""The ways through `thousand-thanks`: using the voucher ends the reminders beside it."""

from functools import partial

from tests.workflows.journeys.deeds import orders, redeems
from tests.workflows.journeys.journey import Journey

thanks = partial(Journey, "thousand-thanks", begin=orders(2, "500.00"), outcome="completed")
EARNED, WAITS, ENDS, ENJOY = (
    "thank-you-a-thousand-times",
    "your-voucher-waits",
    "your-voucher-ends",
    "enjoy-it",
)

JOURNEYS = (
    thanks("unused", mails=(EARNED, WAITS, WAITS, ENDS)),
    thanks("used-at-once", mails=(EARNED, ENJOY), reactions={EARNED: redeems}),
    thanks("used-after-a-reminder", mails=(EARNED, WAITS, ENJOY), reactions={WAITS: redeems}),
    thanks("used-in-the-end", mails=(EARNED, WAITS, WAITS, ENDS, ENJOY), reactions={ENDS: redeems}),
)

"""The ways through `welcome`."""

from functools import partial

from tests.workflows.journeys.deeds import orders, orders_again, redeems
from tests.workflows.journeys.journey import Journey

welcome = partial(Journey, "welcome", begin=orders(1, "20.00"))

JOURNEYS = (
    welcome("redeemed", outcome="stopped", mails=("welcome", "welcome-back"), reactions={"welcome": redeems}),
    welcome("ordered", outcome="stopped", mails=("welcome",), reactions={"welcome": orders_again}),
    welcome("reminded", outcome="completed", mails=("welcome", "welcome-reminder")),
)

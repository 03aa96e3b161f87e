"""The ways through `safe-arrival`: by what becomes of the order."""

from functools import partial

from tests.workflows.journeys.deeds import order_comes_to
from tests.workflows.journeys.journey import Journey

arrival = partial(Journey, "safe-arrival")
UNPAID, LATE, ASKED = "still-to-pay", "it-takes-longer", "how-did-it-arrive"

JOURNEYS = (
    arrival("asked", begin=order_comes_to(paid=1, delivered=5), outcome="completed", mails=(ASKED,)),
    arrival(
        "reminded",
        begin=order_comes_to(paid=5, delivered=20),
        outcome="completed",
        mails=(UNPAID, LATE, ASKED),
    ),
    arrival("never-paid", begin=order_comes_to(), outcome="stopped", mails=(UNPAID,)),
    arrival("never-there", begin=order_comes_to(paid=1), outcome="completed", mails=(LATE,)),
    arrival("delivered-unpaid", begin=order_comes_to(delivered=2), outcome="completed", mails=(ASKED,)),
)

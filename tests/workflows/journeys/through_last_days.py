"""The ways through `last-days`, which begins with the unused code of another campaign."""

from functools import partial

from tests.workflows.journeys.deeds import leaves_a_code_unused, orders_again, redeems_any
from tests.workflows.journeys.journey import Journey

days = partial(Journey, "last-days", begin=leaves_a_code_unused)

JOURNEYS = (
    days("ordered", outcome="stopped", mails=("five-days-left",), reactions={"five-days-left": orders_again}),
    days(
        "redeemed", outcome="cancelled", mails=("five-days-left",), reactions={"five-days-left": redeems_any}
    ),
    days("reminded", outcome="completed", mails=("five-days-left", "two-days-left")),
)

"""The ways through `autumn-sale`."""

from functools import partial

from tests.workflows.journeys.deeds import is_known_in_november, orders_again
from tests.workflows.journeys.journey import Journey

sale = partial(Journey, "autumn-sale", begin=is_known_in_november)

JOURNEYS = (
    sale("bought", outcome="stopped", mails=("sale-begins",), reactions={"sale-begins": orders_again}),
    sale("reminded", outcome="completed", mails=("sale-begins", "sale-ends")),
)

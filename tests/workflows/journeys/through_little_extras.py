"""The ways through `little-extras`: by how many orders there were."""

from functools import partial

from tests.workflows.journeys.deeds import orders, redeems
from tests.workflows.journeys.journey import Journey

extras = partial(Journey, "little-extras", outcome="completed")
SHIPPING, LEFT = "free-shipping", "still-there"

JOURNEYS = (
    extras("shipping", begin=orders(5, "20.00"), mails=(SHIPPING,), reactions={SHIPPING: redeems}),
    extras("unused", begin=orders(5, "20.00"), mails=(SHIPPING, LEFT)),
)

"""What has happened since an occasion and was known before it: an occasion that comes late hears of it at once.

Business time decides what ends an instance, whichever came in first. What the steps do at once is done all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select

from punchcard.domain.database import table
from punchcard.domain.events import Event
from punchcard.domain.orders import Order, has_ordered
from punchcard.domain.outbox import Telling
from punchcard.domain.prepared import Prepared
from punchcard.router.match import counts_orders
from punchcard.router.turns import Turn

EVENT, ORDER = table(Event), table(Order)
CUSTOMER = "customer."

_ORDERED = Prepared(
    select(ORDER.c.external_id, ORDER.c.occurred_at)
    .where(
        ORDER.c.customer_id == bindparam("whose"),
        ORDER.c.occurred_at > bindparam("since"),
        has_ordered(ORDER),
    )
    .order_by(ORDER.c.occurred_at, ORDER.c.id)
    .limit(1)
)
_HAPPENED = Prepared(
    select(EVENT.c.id, EVENT.c.occurred_at)
    .where(
        EVENT.c.customer_id == bindparam("whose"),
        EVENT.c.type == bindparam("what"),
        EVENT.c.occurred_at > bindparam("since"),
    )
    .order_by(EVENT.c.occurred_at, EVENT.c.id)
    .limit(1)
)


def ended_since(connection: Connection, turn: Turn, instance: str) -> Iterator[Telling]:
    """Yield what ends the instance of an occasion, by its `stop_when`, and happened after the occasion.

    An occasion that several orders add up to has none: which of them came last is no news to it.
    """
    stop = turn.counting.plan.stop_when
    if stop is None or counts_orders(turn.counting.plan):
        return
    since = {"whose": turn.customer_id, "since": turn.cause.occurred_at}
    for name in stop.events:
        if name == "customer.ordered":
            order = _ORDERED(connection, since).first()
            if order is not None:
                yield _news(instance, name, {"order": order.external_id}, order.occurred_at)
        elif name.startswith(CUSTOMER):
            event = _HAPPENED(connection, {**since, "what": name.removeprefix(CUSTOMER)}).first()
            if event is not None:
                yield _news(instance, name, {"event": event.id}, event.occurred_at)


def _news(instance: str, name: str, data: dict[str, Any], at: int) -> Telling:
    return Telling(instance, "deliver", {"name": name, "data": data, "at": at})

"""What comes of an occasion, decided once as it arises: a start, or why none."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from punchcard.domain.customers import Customer
from punchcard.domain.database import table
from punchcard.domain.occasions import Occasion
from punchcard.domain.prepared import Prepared
from punchcard.plan.calendar import fits, reach
from punchcard.plan.model import Limit
from punchcard.router.match import is_held_out
from punchcard.router.turns import Turn

OCCASION, CUSTOMER = table(Occasion), table(Customer)

_ZONE = Prepared(select(CUSTOMER.c.timezone).where(CUSTOMER.c.id == bindparam("whose")))
_OTHERS = Prepared(
    select(OCCASION.c.occurred_at).where(
        OCCASION.c.campaign == bindparam("of"),
        OCCASION.c.customer_id == bindparam("whose"),
        OCCASION.c.status == "standing",
        OCCASION.c.disposition == "started",
        OCCASION.c.occurred_at >= bindparam("window_start"),
        OCCASION.c.occurred_at < bindparam("window_end"),
    )
)


def disposition(connection: Connection, turn: Turn) -> str:
    """What comes of an occasion, decided once: see Occasion."""
    plan = turn.counting.plan
    if turn.cause.history:
        return "historical"
    if is_held_out(plan, turn.customer_id):
        return "held_out"
    if plan.limit is not None and not _within_limit(connection, turn, plan.limit):
        return "over_limit"
    return "started"


def _within_limit(connection: Connection, turn: Turn, limit: Limit) -> bool:
    """Whether one more occasion of the customer exceeds the limit in no window that it falls into."""
    at = turn.cause.occurred_at
    zone = _ZONE(connection, {"whose": turn.customer_id}).scalar()
    start, end = reach(limit, at, zone or turn.counting.plan.timezone)
    window = {
        "of": turn.counting.campaign,
        "whose": turn.customer_id,
        "window_start": start,
        "window_end": end,
    }
    others = _OTHERS(connection, window).scalars()
    return fits(limit, at, list(others))

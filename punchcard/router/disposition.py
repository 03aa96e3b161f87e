"""What comes of an occasion, decided once as it arises: a start, or why none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from punchcard.domain.customers import Customer
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.knowing import known_of_customer
from punchcard.domain.occasions import Occasion
from punchcard.domain.prepared import Prepared
from punchcard.plan.calendar import fits, reach
from punchcard.plan.conditions import evaluate, names
from punchcard.plan.dispositions import Disposition
from punchcard.plan.model import Again, Audience, Limit
from punchcard.router.match import is_held_out
from punchcard.router.turns import Turn

OCCASION, CUSTOMER, INSTANCE = table(Occasion), table(Customer), table(Instance)

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
_EARLIER = Prepared(
    select(OCCASION.c.id).where(
        OCCASION.c.campaign == bindparam("of"),
        OCCASION.c.customer_id == bindparam("whose"),
        OCCASION.c.epoch < bindparam("before"),
        OCCASION.c.status == "standing",
        OCCASION.c.disposition == "started",
    )
)
_RUNNING = Prepared(
    select(INSTANCE.c.id)
    .where(
        INSTANCE.c.customer_id == bindparam("whose"),
        INSTANCE.c.campaign == bindparam("of"),
        INSTANCE.c.status != "closed",
    )
    .order_by(INSTANCE.c.created_at, INSTANCE.c.id)
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What comes of an occasion; `decided` is what its audience's condition saw, where there is one."""

    disposition: Disposition
    decided: dict[str, Any] | None = None


def fate(connection: Connection, turn: Turn, *, joins: bool = False) -> Fate:
    """Decide what comes of an occasion that arises: the first rule that speaks against a start is the reason.

    One that `joins` an open batch counts toward no limit: the batch has.
    """
    plan = turn.counting.plan
    if turn.cause.history:
        return Fate("historical")
    decided = None if plan.audience is None else _audience(connection, turn, plan.audience)
    if decided is not None and not decided["met"]:
        return Fate("not_in_audience", decided)
    return Fate(_disposition(connection, turn, joins), decided)


def running(connection: Connection, campaign: str, customer_id: int) -> list[str]:
    """Return the customer's instances of a campaign that have not ended, the oldest first."""
    found = _RUNNING(connection, {"of": campaign, "whose": customer_id})
    return list(found.scalars())


def _disposition(connection: Connection, turn: Turn, joins: bool) -> Disposition:
    plan = turn.counting.plan
    if is_held_out(plan, turn.customer_id):
        return "held_out"
    refusal = None if plan.again is None else _not_again(connection, turn, plan.again)
    if refusal is not None:
        return refusal
    if plan.if_running == "ignore" and running(connection, plan.campaign, turn.customer_id):
        return "already_running"
    if plan.limit is not None and not joins and not _within_limit(connection, turn, plan.limit):
        return "over_limit"
    return "started"


def _audience(connection: Connection, turn: Turn, audience: Audience) -> dict[str, Any]:
    """Whether the customer is in the audience at the occasion's time, with the values that decided it."""
    plan = turn.counting.plan
    known = known_of_customer(
        connection,
        turn.customer_id,
        names(audience.where),
        plan.currency,
        turn.cause.occurred_at,
        plan.timezone,
    )
    verdict = evaluate(audience.where, known)
    return {"met": verdict.met, "operands": verdict.operands}


def _not_again(connection: Connection, turn: Turn, again: Again) -> Disposition | None:
    """Why a further occasion does not count; within one epoch `once` is a matter of identity."""
    plan = turn.counting.plan
    match again:
        case Again(rule="once"):
            place = {"of": plan.campaign, "whose": turn.customer_id, "before": turn.counting.epoch}
            return "not_again" if _EARLIER(connection, place).first() else None
        case Again(rule="after_exit"):
            return "already_running" if running(connection, plan.campaign, turn.customer_id) else None
        case Again(after=after, months=months):
            apart = Limit(1, rolling=after, months=months)
            return None if _within_limit(connection, turn, apart) else "too_soon"


def _within_limit(connection: Connection, turn: Turn, limit: Limit) -> bool:
    """Whether one more occasion of the customer exceeds the limit in no window that it falls into."""
    at = turn.cause.occurred_at
    zone = _ZONE(connection, {"whose": turn.customer_id}).scalar() or turn.counting.plan.timezone
    start, end = reach(limit, at, zone)
    window = {
        "of": turn.counting.campaign,
        "whose": turn.customer_id,
        "window_start": start,
        "window_end": end,
    }
    others = _OTHERS(connection, window).scalars()
    return fits(limit, at, list(others), zone)

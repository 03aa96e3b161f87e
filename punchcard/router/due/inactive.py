"""Who has not ordered for so long: by the last order that counts for anything, whichever campaign it counted in."""

from __future__ import annotations

from functools import partial
from typing import cast

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from punchcard.domain.customers import CUSTOMER
from punchcard.domain.database import table
from punchcard.domain.orders import Order, has_ordered
from punchcard.plan.calendar import DAY, at_or_after, resolve
from punchcard.plan.model import After, AfterMonths
from punchcard.plan.rhythm import Span
from punchcard.plan.triggers import InactiveTrigger
from punchcard.router.counting import Counting
from punchcard.router.due.days import LONGEST_DAY, next_quarter
from punchcard.router.due.search import MOVED, NEVER, Due, Found, Search, is_due, lookback
from punchcard.router.purchase import Purchase, occasion_names

ORDER = table(Order)
LATER = ORDER.alias("later")


def _find(connection: Connection, counting: Counting, span: Span, cursor: int, limit: int) -> Found:
    trigger = counting.plan.trigger
    assert isinstance(trigger, InactiveTrigger)
    before = lookback(counting, span)
    arrived = ORDER.c.received_at > span.after
    rows = connection.execute(
        select(ORDER, *MOVED, arrived.label("arrived"))
        .join(CUSTOMER, CUSTOMER.c.id == ORDER.c.customer_id)
        .where(
            ORDER.c.id > cursor,
            or_(_ordered(trigger, span), and_(arrived, _ordered(trigger, before))),
            has_ordered(ORDER),
            ~_ordered_since(),
            CUSTOMER.c.erased_at.is_(None),
        )
        .order_by(ORDER.c.id)
        .limit(limit)
    ).all()
    due = [
        Due(
            row.customer_id,
            f"inactive/{row.source}/{row.external_id}",
            at,
            names=occasion_names(cast("Purchase", row), counting.plan.order_fields),
            order_id=row.id,
        )
        for row in rows
        if (at := _at(trigger, row.occurred_at, row.timezone or counting.plan.timezone))
        in Span(before.after, span.upto)
        and (row.arrived or is_due(counting, span, row, partial(_at, trigger, row.occurred_at)))
    ]
    return Found(tuple(due), rows[-1].id if len(rows) == limit else None)


def _ordered(trigger: InactiveTrigger, span: Span) -> ColumnElement[bool]:
    """When those have ordered who become due in the span; with months or a time of day, some time around it."""
    shortest, longest = _length(trigger)
    return and_(ORDER.c.occurred_at > span.after - longest, ORDER.c.occurred_at <= span.upto - shortest)


def _length(trigger: InactiveTrigger) -> tuple[int, int]:
    waits = 0 if trigger.minute is None else LONGEST_DAY
    if trigger.millis is not None:
        return trigger.millis, trigger.millis + waits
    months = trigger.months or 0
    return months * 28 * DAY, (months * 31 + 2) * DAY + waits


def _at(trigger: InactiveTrigger, ordered: int, zone: str) -> int:
    moment = AfterMonths(trigger.months or 0) if trigger.millis is None else After(trigger.millis)
    found = resolve(moment, ordered, zone)
    return found if trigger.minute is None else at_or_after(found, trigger.minute, zone)


def _ordered_since() -> ColumnElement[bool]:
    same_time = and_(LATER.c.occurred_at == ORDER.c.occurred_at, LATER.c.id > ORDER.c.id)
    return exists(
        select(LATER.c.id).where(
            LATER.c.customer_id == ORDER.c.customer_id,
            or_(LATER.c.occurred_at > ORDER.c.occurred_at, same_time),
            has_ordered(LATER),
        )
    )


def _upcoming(connection: Connection, counting: Counting, after: int) -> int:
    trigger = counting.plan.trigger
    assert isinstance(trigger, InactiveTrigger)
    shortest, longest = _length(trigger)
    oldest = connection.execute(
        select(func.min(ORDER.c.occurred_at)).where(ORDER.c.occurred_at > after - longest, has_ordered(ORDER))
    ).scalar()
    if oldest is None:
        return NEVER
    first: int = max(after + 1, oldest + shortest)
    return first if trigger.minute is None else max(first, next_quarter(trigger.minute, after))


INACTIVE = Search(_find, _upcoming)

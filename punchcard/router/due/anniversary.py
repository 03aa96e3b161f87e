"""Whose anniversary is due: candidates by the day of the year in SQL, then by the minute in each customer's zone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, false, func, or_, select, true

from punchcard.domain.customers import CUSTOMER
from punchcard.domain.database import table
from punchcard.domain.orders import Order, has_ordered
from punchcard.plan.calendar import instant, local
from punchcard.plan.rhythm import Span, kept_on, served_days
from punchcard.plan.triggers import AnniversaryTrigger
from punchcard.router.counting import Counting
from punchcard.router.due.days import EAST, WEST, days_anywhere, kept_anywhere, next_quarter
from punchcard.router.due.search import MOVED, Due, Found, Search, has_moved, is_due, lookback

ORDER = table(Order)
EARLIER = ORDER.alias("earlier")
# Where more days than these are looked for, each candidate is looked at.
MOST_DAYS = 60
When = Callable[[Any, str], date | None]


def _find(connection: Connection, counting: Counting, span: Span, cursor: int, limit: int) -> Found:
    trigger = counting.plan.trigger
    assert isinstance(trigger, AnniversaryTrigger)
    search = {"joining": _joined, "first_order": _first_ordered}.get(trigger.of, _with_a_date)
    if connection.execute(select(CUSTOMER.c.id).where(has_moved(span)).limit(1)).first() is not None:
        looked_at = Span(lookback(counting, span).after, span.upto)
    else:
        looked_at = span
    rows, when = search(connection, trigger, looked_at, cursor, limit)
    due = [each for row in rows for each in _due(counting, trigger, row, when, span)]
    return Found(tuple(due), rows[-1].id if len(rows) == limit else None)


def _due(counting: Counting, trigger: AnniversaryTrigger, row: Any, when: When, span: Span) -> list[Due]:
    zone = row.timezone or counting.plan.timezone
    begun = when(row, zone)
    if begun is None:
        return []
    found = []
    for served in served_days(Span(lookback(counting, span).after, span.upto), trigger.minute, zone):
        if not is_due(counting, span, row, served.where):
            continue
        kept = served.day + timedelta(days=trigger.days_before)
        years = kept.year - begun.year
        if years > 0 and kept == kept_on(begun.month, begun.day, kept.year):
            names = {"occasion": {"years": years, "anniversary": instant(kept, trigger.minute, zone)}}
            found.append(Due(row.id, f"anniversary/{kept.year}", served.at, names))
    return found


# --- one search for each thing that is celebrated ---------------------------------------------


def _joined(
    connection: Connection, trigger: AnniversaryTrigger, span: Span, cursor: int, limit: int
) -> tuple[Sequence[Any], When]:
    oldest = connection.execute(select(func.min(CUSTOMER.c.created_at))).scalar()
    rows = connection.execute(
        select(CUSTOMER.c.id, *MOVED, CUSTOMER.c.created_at)
        .where(
            CUSTOMER.c.id > cursor,
            CUSTOMER.c.erased_at.is_(None),
            _years_back(CUSTOMER.c.created_at, trigger, span, oldest),
        )
        .order_by(CUSTOMER.c.id)
        .limit(limit)
    ).all()
    return rows, lambda row, zone: local(row.created_at, zone).date()


def _first_ordered(
    connection: Connection, trigger: AnniversaryTrigger, span: Span, cursor: int, limit: int
) -> tuple[Sequence[Any], When]:
    oldest = connection.execute(select(func.min(ORDER.c.occurred_at))).scalar()
    earlier = exists(
        select(EARLIER.c.id).where(
            EARLIER.c.customer_id == ORDER.c.customer_id,
            EARLIER.c.occurred_at < ORDER.c.occurred_at,
            has_ordered(EARLIER),
        )
    )
    first = (
        select(CUSTOMER.c.id, *MOVED, func.min(ORDER.c.occurred_at).label("first"))
        .join(ORDER, ORDER.c.customer_id == CUSTOMER.c.id)
        .where(
            CUSTOMER.c.id > cursor,
            CUSTOMER.c.erased_at.is_(None),
            has_ordered(ORDER),
            ~earlier,
            _years_back(ORDER.c.occurred_at, trigger, span, oldest),
        )
        .group_by(CUSTOMER.c.id, *MOVED)
        .order_by(CUSTOMER.c.id)
        .limit(limit)
    )
    return connection.execute(first).all(), lambda row, zone: local(row.first, zone).date()


def _with_a_date(
    connection: Connection, trigger: AnniversaryTrigger, span: Span, cursor: int, limit: int
) -> tuple[Sequence[Any], When]:
    """Attributes are compact JSON, so a day of the year can be looked for in their text."""
    days = kept_anywhere(span, trigger.days_before)
    of_a_day = (CUSTOMER.c.attributes.contains(f'-{day}"', autoescape=True) for day in days)
    rows = connection.execute(
        select(CUSTOMER.c.id, *MOVED, CUSTOMER.c.attributes)
        .where(
            CUSTOMER.c.id > cursor,
            or_(*of_a_day) if len(days) < MOST_DAYS else true(),
            CUSTOMER.c.attributes.contains(f'"{trigger.of}":"', autoescape=True),
        )
        .order_by(CUSTOMER.c.id)
        .limit(limit)
    ).all()
    return rows, lambda row, zone: _date(json.loads(row.attributes).get(trigger.of))


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _years_back(
    column: ColumnElement[int], trigger: AnniversaryTrigger, span: Span, oldest: int | None
) -> ColumnElement[bool]:
    """Whether an instant lies on one of the days that may be celebrated, in any year since the oldest."""
    if oldest is None:
        return false()
    days = days_anywhere(span, trigger.days_before)
    first, last = days[0], days[-1]
    spans = []
    for years in range(1, last.year - local(oldest, WEST).year + 1):
        begin = kept_on(first.month, first.day, first.year - years)
        end = kept_on(last.month, last.day, last.year - years)
        # One day more, for whoever began on 29 February and celebrates on the 28th.
        spans.append(column.between(instant(begin, 0, EAST), instant(end + timedelta(days=2), 0, WEST)))
    return or_(false(), *spans)


def _upcoming(_connection: Connection, counting: Counting, after: int) -> int:
    trigger = counting.plan.trigger
    assert isinstance(trigger, AnniversaryTrigger)
    return next_quarter(trigger.minute, after)


ANNIVERSARY = Search(_find, _upcoming)

"""Whose birthday is due: by the day of birth in SQL, then by the minute in each customer's own zone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from punchcard.domain.customers import CUSTOMER
from punchcard.plan.calendar import instant
from punchcard.plan.rhythm import Span, kept_days, served_days
from punchcard.plan.triggers import BirthdayTrigger
from punchcard.router.counting import Counting
from punchcard.router.due.days import kept_anywhere, next_quarter
from punchcard.router.due.search import MOVED, Due, Found, Search, has_moved, is_due, lookback


def _find(connection: Connection, counting: Counting, span: Span, cursor: int, limit: int) -> Found:
    trigger = counting.plan.trigger
    assert isinstance(trigger, BirthdayTrigger)
    before = lookback(counting, span)
    entered = CUSTOMER.c.birthday_since > span.after
    rows = connection.execute(
        select(
            CUSTOMER.c.id,
            CUSTOMER.c.birthday,
            CUSTOMER.c.birth_day,
            *MOVED,
            entered.label("entered"),
        )
        .where(
            CUSTOMER.c.id > cursor,
            or_(
                CUSTOMER.c.birth_day.in_(kept_anywhere(span, trigger.days_before)),
                and_(
                    or_(entered, has_moved(span)),
                    CUSTOMER.c.birth_day.in_(kept_anywhere(before, trigger.days_before)),
                ),
            ),
        )
        .order_by(CUSTOMER.c.id)
        .limit(limit)
    ).all()
    due = [each for row in rows for each in _due(counting, trigger, row, before, span)]
    return Found(tuple(due), rows[-1].id if len(rows) == limit else None)


def _due(counting: Counting, trigger: BirthdayTrigger, row: Any, before: Span, span: Span) -> list[Due]:
    zone = row.timezone or counting.plan.timezone
    ahead = timedelta(days=trigger.days_before)
    born = date.fromisoformat(row.birthday)
    return [
        Due(
            row.id,
            f"birthday/{kept.year}",
            each.at,
            {"occasion": {"birthday": instant(kept, trigger.minute, zone)}},
        )
        for each in served_days(Span(before.after, span.upto), trigger.minute, zone)
        if row.birth_day in kept_days(kept := each.day + ahead) and kept > born
        if row.entered or is_due(counting, span, row, each.where)
    ]


def _upcoming(_connection: Connection, counting: Counting, after: int) -> int:
    """The next quarter of an hour at which it is the trigger's time of day somewhere."""
    trigger = counting.plan.trigger
    assert isinstance(trigger, BirthdayTrigger)
    return next_quarter(trigger.minute, after)


BIRTHDAY = Search(_find, _upcoming)

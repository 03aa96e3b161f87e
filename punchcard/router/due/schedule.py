"""A date or a rhythm has come: for every customer of the zones in which it is that time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, false, or_, select

from punchcard.domain.customers import CUSTOMER
from punchcard.plan.calendar import DAY
from punchcard.plan.rhythm import Served, Span, scheduled
from punchcard.plan.triggers import ScheduleTrigger
from punchcard.router.counting import Counting
from punchcard.router.due.search import MOVED, NEVER, Due, Found, Search, has_moved, is_due, lookback


def _find(connection: Connection, counting: Counting, span: Span, cursor: int, limit: int) -> Found:
    trigger = counting.plan.trigger
    assert isinstance(trigger, ScheduleTrigger)
    served = _by_zone(connection, counting, trigger, span)
    moved = has_moved(span) if trigger.zone == "customer" else false()
    rows = connection.execute(
        select(CUSTOMER.c.id, CUSTOMER.c.created_at, *MOVED)
        .where(
            CUSTOMER.c.id > cursor,
            CUSTOMER.c.created_at <= span.upto,
            CUSTOMER.c.erased_at.is_(None),
            or_(
                CUSTOMER.c.timezone.in_([zone for zone, found in served.items() if found and zone]),
                CUSTOMER.c.timezone.is_(None) if served.get(None) else false(),
                moved,
            ),
        )
        .order_by(CUSTOMER.c.id)
        .limit(limit)
    ).all()
    due = [
        Due(row.id, f"schedule/{each.day}T{each.minute // 60:02}:{each.minute % 60:02}", each.at)
        for row in rows
        for each in (*_passed_over(counting, trigger, span, row), *served[row.timezone])
        if row.created_at <= each.at
    ]
    return Found(tuple(due), rows[-1].id if len(rows) == limit else None)


def _passed_over(counting: Counting, trigger: ScheduleTrigger, span: Span, row: Any) -> list[Served]:
    """What was over already in the zone into which a customer has moved, and had yet to come in the one before."""
    if trigger.zone != "customer" or row.timezone_since is None or row.timezone_since <= span.after:
        return []
    zone = row.timezone or counting.plan.timezone
    earlier = scheduled(trigger, counting.plan.starts, lookback(counting, span), zone)
    return [each for each in earlier if is_due(counting, span, row, each.where)]


def _by_zone(
    connection: Connection, counting: Counting, trigger: ScheduleTrigger, span: Span
) -> dict[str | None, list[Served]]:
    """When it is due within the span, for the customers of each zone; None stands for an unknown one."""
    own = counting.plan.timezone
    zones = [*connection.execute(select(CUSTOMER.c.timezone).distinct()).scalars()]
    if trigger.zone == "campaign":
        found = scheduled(trigger, counting.plan.starts, span, own)
        return dict.fromkeys(zones, found)
    return {zone: scheduled(trigger, counting.plan.starts, span, zone or own) for zone in zones}


def _upcoming(connection: Connection, counting: Counting, after: int) -> int:
    trigger = counting.plan.trigger
    assert isinstance(trigger, ScheduleTrigger)
    found = _by_zone(connection, counting, trigger, Span(after, after + DAY))
    return min((served[0].at for served in found.values() if served), default=NEVER)


SCHEDULE = Search(_find, _upcoming)

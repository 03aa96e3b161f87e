"""Rewards of a campaign that are about to expire unused, or that were redeemed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, func, select

from punchcard.domain.customers import CUSTOMER
from punchcard.domain.rewards import REWARD as REWARDS
from punchcard.domain.rewards import expiring
from punchcard.plan.calendar import DAY, instant, local
from punchcard.plan.rhythm import Span
from punchcard.plan.triggers import RewardTrigger
from punchcard.router.counting import Counting
from punchcard.router.due.days import LONGEST_DAY, next_quarter
from punchcard.router.due.search import MOVED, NEVER, Due, Found, Search, is_due, lookback


def _find(connection: Connection, counting: Counting, span: Span, cursor: int, limit: int) -> Found:
    trigger = counting.plan.trigger
    assert isinstance(trigger, RewardTrigger)
    if trigger.expires_in is None:
        return _redeemed(connection, counting, trigger, span, cursor, limit)
    around = _around(trigger)
    rows = connection.execute(
        select(REWARDS, *MOVED)
        .join(CUSTOMER, CUSTOMER.c.id == REWARDS.c.customer_id)
        .where(
            REWARDS.c.id > cursor,
            REWARDS.c.campaign == trigger.of,
            REWARDS.c.status == "issued",
            REWARDS.c.expires_at > span.after + trigger.expires_in - around,
            REWARDS.c.expires_at <= span.upto + trigger.expires_in + around,
        )
        .order_by(REWARDS.c.id)
        .limit(limit)
    ).all()
    due = [
        Due(row.customer_id, expiring(row.id), at, _given(row, expires=row.expires_at))
        for row in rows
        if is_due(counting, span, row, partial(_at, trigger, row.expires_at))
        and row.issued_at <= (at := _at(trigger, row.expires_at, row.timezone or counting.plan.timezone))
    ]
    return Found(tuple(due), rows[-1].id if len(rows) == limit else None)


def _at(trigger: RewardTrigger, expires: int, zone: str) -> int:
    """When a reward is due: so long before its end, or so many local days before, at the trigger's time of day."""
    ahead = trigger.expires_in or 0
    if trigger.minute is None:
        return expires - ahead
    return instant(local(expires, zone).date() - timedelta(days=ahead // DAY), trigger.minute, zone)


def _around(trigger: RewardTrigger) -> int:
    return 0 if trigger.minute is None else LONGEST_DAY


def _redeemed(
    connection: Connection, counting: Counting, trigger: RewardTrigger, span: Span, cursor: int, limit: int
) -> Found:
    """A till may report a redemption late, so those that may still be caught up are looked at each time."""
    begin = lookback(counting, span).after
    rows = connection.execute(
        select(REWARDS)
        .where(
            REWARDS.c.id > cursor,
            REWARDS.c.campaign == trigger.of,
            REWARDS.c.redeemed_at > begin,
            REWARDS.c.redeemed_at <= span.upto,
        )
        .order_by(REWARDS.c.id)
        .limit(limit)
    ).all()
    due = [
        Due(row.customer_id, f"redeemed/{row.id}", row.redeemed_at, _given(row, redeemed_at=row.redeemed_at))
        for row in rows
    ]
    return Found(tuple(due), rows[-1].id if len(rows) == limit else None)


def _given(row: Any, **instants: int) -> dict[str, Any]:
    return {"given": {"code": row.code, "campaign": row.campaign, **instants}}


def _upcoming(connection: Connection, counting: Counting, after: int) -> int:
    trigger = counting.plan.trigger
    assert isinstance(trigger, RewardTrigger)
    if trigger.expires_in is None:
        return after + 1
    first = connection.execute(
        select(func.min(REWARDS.c.expires_at)).where(
            REWARDS.c.campaign == trigger.of,
            REWARDS.c.status == "issued",
            REWARDS.c.expires_at > after + trigger.expires_in - _around(trigger),
        )
    ).scalar()
    if first is None:
        return NEVER
    earliest = int(first) - trigger.expires_in - _around(trigger)
    return earliest if trigger.minute is None else max(earliest, next_quarter(trigger.minute, after))


REWARD = Search(_find, _upcoming)

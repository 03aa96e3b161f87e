"""Rewards of a campaign that are about to expire unused, or that were redeemed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from punchcard.domain.rewards import REWARD as REWARDS
from punchcard.domain.rewards import expiring
from punchcard.plan.rhythm import Span
from punchcard.plan.triggers import RewardTrigger
from punchcard.router.due.search import NEVER, Due, Found, Search, lookback
from punchcard.router.match import Counting


def _find(connection: Connection, counting: Counting, span: Span, cursor: int, limit: int) -> Found:
    trigger = counting.plan.trigger
    assert isinstance(trigger, RewardTrigger)
    if trigger.expires_in is None:
        return _redeemed(connection, counting, trigger, span, cursor, limit)
    due_at = REWARDS.c.expires_at - trigger.expires_in
    rows = connection.execute(
        select(REWARDS, due_at.label("due_at"))
        .where(
            REWARDS.c.id > cursor,
            REWARDS.c.campaign == trigger.of,
            REWARDS.c.status == "issued",
            REWARDS.c.expires_at > span.after + trigger.expires_in,
            REWARDS.c.expires_at <= span.upto + trigger.expires_in,
            REWARDS.c.issued_at <= due_at,
        )
        .order_by(REWARDS.c.id)
        .limit(limit)
    ).all()
    due = [
        Due(row.customer_id, expiring(row.id), row.due_at, _given(row, expires=row.expires_at))
        for row in rows
    ]
    return Found(tuple(due), rows[-1].id if len(rows) == limit else None)


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
            REWARDS.c.status == "redeemed",
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
            REWARDS.c.expires_at > after + trigger.expires_in,
        )
    ).scalar()
    return NEVER if first is None else int(first) - trigger.expires_in


REWARD = Search(_find, _upcoming)

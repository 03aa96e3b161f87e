"""Budgets: how many rewards a campaign has given to all customers together, and what they surely cost.

Each bound has a window: all the time, or a period of the calendar in the campaign's zone. A reward counts in the
windows that hold the instant at which it was given, as long as it has not been revoked; of a revoked one what was used
counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, case, func, select, update
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, table, upsert
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import Reward
from punchcard.plan.calendar import period_at
from punchcard.plan.model import Budget, Period

NO_LIMIT = 1 << 62


class BudgetUse(SQLModel, table=True):
    """What a campaign has given in a window: number of rewards, and their certain cost in minor units.

    `per` is the period of the calendar, empty for all the time; the window is [since, until).
    """

    __tablename__ = "budget_use"

    campaign: str = Field(primary_key=True)
    per: str = Field(primary_key=True)
    since: int = Field(primary_key=True, sa_type=BigInteger)
    until: int = big()
    rewards: int = 0
    amount: int = big(default=0)


@dataclass(frozen=True, slots=True)
class Window:
    """A time whose rewards are bounded together."""

    per: Period | None
    since: int
    until: int
    rewards: int
    amount: int

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from the campaign's other windows."""
        return self.per or "", self.since


@dataclass(frozen=True, slots=True)
class Exhausted:
    """There is no room for a reward; `until` is when the next period begins, where there is one."""

    until: int | None


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a window is used, and by how much at the most."""

    window: Window
    rewards: int
    amount: int


REWARD, BUDGET = table(Reward), table(BudgetUse)

_MOVE = Prepared(
    update(BUDGET)
    .where(
        BUDGET.c.campaign == bindparam("whose"),
        BUDGET.c.since <= bindparam("at", type_=BigInteger),
        BUDGET.c.until > bindparam("at", type_=BigInteger),
    )
    .values(
        rewards=BUDGET.c.rewards + bindparam("more", type_=BigInteger),
        amount=BUDGET.c.amount + bindparam("cost", type_=BigInteger),
    )
    .returning(BUDGET.c.per, BUDGET.c.since, BUDGET.c.rewards, BUDGET.c.amount)
)
_REVOKED = REWARD.c.status == "revoked"
_COUNTED = func.coalesce(func.sum(case((and_(_REVOKED, REWARD.c.used == 0), 0), else_=1)), 0)
_USES = case((_REVOKED, REWARD.c.used), else_=REWARD.c.orders)
_COST = func.coalesce(func.sum(case((REWARD.c.kind == "amount", REWARD.c.value * _USES), else_=0)), 0)


def windows(budget: Budget, at: int, zone: str) -> tuple[Window, ...]:
    """Return the windows of a budget that hold an instant, by the campaign's zone."""
    bounds: dict[Period | None, dict[str, int]] = {}
    if budget.rewards is not None:
        bounds.setdefault(budget.rewards_per, {})["rewards"] = budget.rewards
    if budget.amount is not None:
        bounds.setdefault(budget.amount_per, {})["amount"] = budget.amount
    found = []
    for per, most in bounds.items():
        since, until = (0, NO_LIMIT) if per is None else period_at(per, at, zone)
        found.append(Window(per, since, until, most.get("rewards", NO_LIMIT), most.get("amount", NO_LIMIT)))
    return tuple(found)


def draw(
    connection: Connection, campaign: str, budget: Budget, cost: int, now: int, zone: str
) -> Exhausted | None:
    """Draw a reward that surely costs so much; where there is no room for it, nothing is drawn."""
    wanted = windows(budget, now, zone)
    found = _move(connection, campaign, now, 1, cost)
    missing = [window for window in wanted if window.key not in found]
    if missing:
        _move(connection, campaign, now, -1, -cost)
        for window in missing:
            _open(connection, campaign, window)
        found = _move(connection, campaign, now, 1, cost)
    full = [window for window in wanted if _exceeds(found[window.key], window)]
    if not full:
        return None
    _move(connection, campaign, now, -1, -cost)
    last = max(window.until for window in full)
    return Exhausted(None if last == NO_LIMIT else last)


def release(connection: Connection, revoked: Iterable[Any]) -> None:
    """Give back to the windows in which they were drawn what was not used of rewards that are revoked."""
    for row in revoked:
        _move(connection, row.campaign, row.issued_at, -_untouched(row), -_unspent(row))


def reclaim(connection: Connection, given_back: Iterable[Any]) -> None:
    """Draw rewards that are given back once more, from the windows in which they were drawn, with or without room."""
    for row in given_back:
        _move(connection, row.campaign, row.issued_at, _untouched(row), _unspent(row))


def take_stock(connection: Connection, campaign: str) -> None:
    """Count anew what a campaign has given in each window: versions without a budget may have given more."""
    for row in connection.execute(
        select(BUDGET).where(BUDGET.c.campaign == campaign).with_for_update()
    ).all():
        rewards, amount = _given(connection, campaign, row.since, row.until)
        own = and_(BUDGET.c.campaign == campaign, BUDGET.c.per == row.per, BUDGET.c.since == row.since)
        connection.execute(update(BUDGET).where(own).values(rewards=rewards, amount=amount))


def used(connection: Connection, campaign: str, budget: Budget, now: int, zone: str) -> tuple[Used, ...]:
    """Return how much of each of a budget's windows is used now."""
    rows = connection.execute(
        select(BUDGET).where(BUDGET.c.campaign == campaign, BUDGET.c.since <= now, BUDGET.c.until > now)
    )
    known = {(row.per, row.since): (row.rewards, row.amount) for row in rows}
    return tuple(
        Used(window, *known.get(window.key, _given(connection, campaign, window.since, window.until)))
        for window in windows(budget, now, zone)
    )


def _move(connection: Connection, campaign: str, at: int, more: int, cost: int) -> dict[tuple[str, int], Any]:
    change = {"whose": campaign, "at": at, "more": more, "cost": cost}
    return {(row.per, row.since): row for row in _MOVE(connection, change)}


def _open(connection: Connection, campaign: str, window: Window) -> None:
    """Begin to count in a window, with what was given in it before."""
    rewards, amount = _given(connection, campaign, window.since, window.until)
    per, since = window.key
    opened = upsert(connection, BUDGET).values(
        campaign=campaign, per=per, since=since, until=window.until, rewards=rewards, amount=amount
    )
    connection.execute(opened.on_conflict_do_nothing())


def _given(connection: Connection, campaign: str, since: int, until: int) -> tuple[int, int]:
    mine = and_(REWARD.c.campaign == campaign, REWARD.c.issued_at >= since, REWARD.c.issued_at < until)
    row = connection.execute(select(_COUNTED.label("rewards"), _COST.label("amount")).where(mine)).one()
    return int(row.rewards), int(row.amount)


def _exceeds(row: Any, window: Window) -> bool:
    return bool(row.rewards > window.rewards or row.amount > window.amount)


def _untouched(row: Any) -> int:
    return 1 if row.used == 0 else 0


def _unspent(row: Any) -> int:
    """The certain cost of the uses that are left."""
    return int(row.value) * (row.orders - row.used) if row.kind == "amount" else 0

"""Budgets: how many rewards a campaign has given to all customers together, and what their codes take off.

Each bound has a window: all the time, or a period of the calendar in the campaign's zone. A reward counts in the
windows that hold the instant at which it was given, as long as it has not been revoked; of a revoked one what was used
counts. A code reserves the most that it can take off, each use settles what it took, and what has ended reserves
nothing any more: that is freed when there is no room otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, case, func, or_, select, update
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, table, upsert
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import Redemption, Reward
from punchcard.plan.calendar import period_at
from punchcard.plan.model import Budget, Minor, Period, Terms, most_of_one_use

NO_LIMIT = 1 << 62


class BudgetUse(SQLModel, table=True):
    """What a campaign has given in a window: number of rewards, and what is reserved and taken off, in minor units.

    `per` is the period of the calendar, empty for all the time; the window is [since, until). Codes that ended by
    `freed_until` reserve nothing.
    """

    __tablename__ = "budget_use"

    campaign: str = Field(primary_key=True)
    per: str = Field(primary_key=True)
    since: int = Field(primary_key=True, sa_type=BigInteger)
    until: int = big()
    rewards: int = 0
    amount: int = big(default=0)
    freed_until: int = big(default=0)


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


REWARD, REDEMPTION, BUDGET = table(Reward), table(Redemption), table(BudgetUse)

_MOVE = Prepared(
    update(BUDGET)
    .where(
        BUDGET.c.campaign == bindparam("whose"),
        BUDGET.c.since <= bindparam("at", type_=BigInteger),
        BUDGET.c.until > bindparam("at", type_=BigInteger),
    )
    .values(
        rewards=BUDGET.c.rewards + bindparam("more", type_=BigInteger),
        amount=BUDGET.c.amount
        + bindparam("taken", type_=BigInteger)
        + case(
            (BUDGET.c.freed_until >= bindparam("ends", type_=BigInteger), 0),
            else_=bindparam("reserved", type_=BigInteger),
        ),
    )
    .returning(BUDGET)
)
_REVOKED = REWARD.c.status == "revoked"
_COUNTED = func.coalesce(func.sum(case((and_(_REVOKED, REWARD.c.used == 0), 0), else_=1)), 0)
_MOST = case(
    (REWARD.c.kind == "amount", REWARD.c.value),
    (REWARD.c.kind == "share", func.coalesce(REWARD.c.most, 0)),
    else_=0,
)
_RESERVED = func.coalesce(func.sum(_MOST * (REWARD.c.orders - REWARD.c.used)), 0).label("amount")
_TAKEN = func.coalesce(func.sum(func.coalesce(REDEMPTION.c.discount, _MOST)), 0).label("amount")
_ENDED = Prepared(
    select(_RESERVED).where(
        REWARD.c.campaign == bindparam("whose"),
        REWARD.c.expires_at > bindparam("after"),
        REWARD.c.expires_at <= bindparam("now"),
        REWARD.c.status == "issued",
        REWARD.c.issued_at >= bindparam("since"),
        REWARD.c.issued_at < bindparam("until"),
    )
)
_FREE = Prepared(
    update(BUDGET)
    .where(
        BUDGET.c.campaign == bindparam("whose"),
        BUDGET.c.per == bindparam("period"),
        BUDGET.c.since == bindparam("begins"),
    )
    .values(amount=BUDGET.c.amount - bindparam("freed"), freed_until=bindparam("now"))
)


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
    connection: Connection, campaign: str, budget: Budget, cost: Minor, now: int, zone: str
) -> Exhausted | None:
    """Draw a reward that takes off so much at the most; where there is no room for it, nothing is drawn.

    One whose cost is not known (0) needs room for something all the same.
    """
    wanted = windows(budget, now, zone)
    full = _draw(connection, campaign, wanted, cost, now)
    short = [row for window, row in full.items() if window.amount != NO_LIMIT]
    freed = [_free_what_ended(connection, campaign, row, now) for row in short]
    if any(freed):
        full = _draw(connection, campaign, wanted, cost, now)
    if not full:
        return None
    last = max(window.until for window in full)
    return Exhausted(None if last == NO_LIMIT else last)


def settle(connection: Connection, reward: Any, taken_off: Minor | None) -> None:
    """Count what one use of a reward's row took off, not the most that it could; that, where it is not known."""
    most = _most(reward)
    _move(
        connection,
        reward.campaign,
        reward.issued_at,
        taken=most if taken_off is None else taken_off,
        reserved=-most,
        ends=reward.expires_at,
    )


def release(connection: Connection, revoked: Iterable[Any]) -> None:
    """Give back to the windows in which they were drawn what was not used of rewards that are revoked."""
    for row in revoked:
        _move(
            connection,
            row.campaign,
            row.issued_at,
            more=-_untouched(row),
            reserved=-_unspent(row),
            ends=row.expires_at,
        )


def reclaim(connection: Connection, given_back: Iterable[tuple[Any, int | None]]) -> None:
    """Draw rewards that are given back, with their ends, once more from where they were drawn, even without room."""
    for row, ends in given_back:
        _move(
            connection, row.campaign, row.issued_at, more=_untouched(row), reserved=_unspent(row), ends=ends
        )


def take_stock(connection: Connection, campaign: str, now: int) -> None:
    """Count anew what a campaign has given in each window: versions without a budget may have given more."""
    for row in connection.execute(
        select(BUDGET).where(BUDGET.c.campaign == campaign).with_for_update()
    ).all():
        rewards, amount = _given(connection, campaign, row.since, row.until, now)
        own = and_(BUDGET.c.campaign == campaign, BUDGET.c.per == row.per, BUDGET.c.since == row.since)
        connection.execute(update(BUDGET).where(own).values(rewards=rewards, amount=amount, freed_until=now))


def used(connection: Connection, campaign: str, budget: Budget, now: int, zone: str) -> tuple[Used, ...]:
    """Return how much of each of a budget's windows is used now."""
    rows = connection.execute(
        select(BUDGET).where(BUDGET.c.campaign == campaign, BUDGET.c.since <= now, BUDGET.c.until > now)
    )
    known = {(row.per, row.since): row for row in rows}
    return tuple(
        Used(each, *_used(connection, campaign, each, known.get(each.key), now))
        for each in windows(budget, now, zone)
    )


def _used(connection: Connection, campaign: str, window: Window, row: Any, now: int) -> tuple[int, Minor]:
    if row is None:
        return _given(connection, campaign, window.since, window.until, now)
    return row.rewards, row.amount - _ended(connection, campaign, row, now)


def _draw(
    connection: Connection, campaign: str, wanted: tuple[Window, ...], cost: Minor, now: int
) -> dict[Window, Any]:
    """Draw from each window; return those without room, with their rows, having drawn from none then."""
    found = _move(connection, campaign, now, more=1, reserved=cost)
    missing = [window for window in wanted if window.key not in found]
    if missing:
        _move(connection, campaign, now, more=-1, reserved=-cost)
        for window in missing:
            _open(connection, campaign, window, now)
        found = _move(connection, campaign, now, more=1, reserved=cost)
    full = {window: found[window.key] for window in wanted if _exceeds(found[window.key], window, cost)}
    if full:
        _move(connection, campaign, now, more=-1, reserved=-cost)
    return full


def _free_what_ended(connection: Connection, campaign: str, row: Any, now: int) -> bool:
    """Free what codes of a window reserve that have ended unused; return whether there was any.

    The row is held, so that a use at the same moment counts before or after, and never twice.
    """
    if row.freed_until >= now:
        return False
    freed = _ended(connection, campaign, row, now)
    whose = {"whose": campaign, "period": row.per, "begins": row.since}
    _FREE(connection, {**whose, "freed": freed, "now": now})
    return freed > 0


def _ended(connection: Connection, campaign: str, row: Any, now: int) -> Minor:
    span = {"whose": campaign, "since": row.since, "until": row.until, "after": row.freed_until, "now": now}
    return int(_ENDED(connection, span).one().amount)


def _move(
    connection: Connection,
    campaign: str,
    at: int,
    *,
    more: int = 0,
    taken: Minor = 0,
    reserved: Minor = 0,
    ends: int | None = None,
) -> dict[tuple[str, int], Any]:
    """Change every window that holds an instant; what is reserved until an end that has been freed stays so."""
    end = NO_LIMIT if ends is None else ends
    change = {"whose": campaign, "at": at, "more": more, "taken": taken, "reserved": reserved, "ends": end}
    return {(row.per, row.since): row for row in _MOVE(connection, change)}


def _open(connection: Connection, campaign: str, window: Window, now: int) -> None:
    """Begin to count in a window, with what was given in it before."""
    rewards, amount = _given(connection, campaign, window.since, window.until, now)
    per, since = window.key
    opened = upsert(connection, BUDGET).values(
        campaign=campaign,
        per=per,
        since=since,
        until=window.until,
        rewards=rewards,
        amount=amount,
        freed_until=now,
    )
    connection.execute(opened.on_conflict_do_nothing())


def _given(connection: Connection, campaign: str, since: int, until: int, now: int) -> tuple[int, Minor]:
    mine = and_(REWARD.c.campaign == campaign, REWARD.c.issued_at >= since, REWARD.c.issued_at < until)
    is_out = and_(REWARD.c.status == "issued", or_(REWARD.c.expires_at.is_(None), REWARD.c.expires_at > now))
    counted = connection.execute(select(_COUNTED.label("rewards")).where(mine)).one()
    reserved = connection.execute(select(_RESERVED).where(mine, is_out)).one()
    of_each = select(_TAKEN).join_from(REDEMPTION, REWARD, REDEMPTION.c.reward_id == REWARD.c.id)
    taken = connection.execute(of_each.where(mine)).one()
    return int(counted.rewards), int(reserved.amount) + int(taken.amount)


def _exceeds(row: Any, window: Window, cost: Minor) -> bool:
    """Whether more is drawn than there was, or nothing was left for what has no known cost."""
    needed = 0 if cost else 1
    return bool(row.rewards > window.rewards or row.amount + needed > window.amount)


def _untouched(row: Any) -> int:
    return 1 if row.used == 0 else 0


def _unspent(row: Any) -> Minor:
    """The most that the uses that are left can take off."""
    return _most(row) * int(row.orders - row.used)


def _most(row: Any) -> Minor:
    return int(most_of_one_use(Terms(row.kind, row.value, row.what, row.most)))

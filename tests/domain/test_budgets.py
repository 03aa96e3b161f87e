"""Budgets in windows: what is drawn in a period is counted there, and goes back there, on either database."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from punchcard.domain.budgets import (
    BudgetUse,
    Exhausted,
    draw,
    reclaim,
    release,
    take_stock,
    used,
)
from punchcard.domain.database import Database, table
from punchcard.domain.rewards import Reward
from punchcard.plan.clockwork import instant
from punchcard.plan.model import Budget
from tests.support.tables import make_tables

BUDGET, REWARD = table(BudgetUse), table(Reward)
COUNTED = select(*(BUDGET.c[name] for name in ("per", "since", "rewards", "amount"))).order_by(
    BUDGET.c.per, BUDGET.c.since
)
ZONE = "Europe/Berlin"
MONTHLY = Budget(rewards=2, rewards_per="month")


def at(day: str, minute: int = 0) -> int:
    """The instant of a local minute."""

    return instant(date.fromisoformat(day), minute, ZONE)


APRIL, MAY = at("2026-04-01"), at("2026-05-01")


def give(connection: Connection, budget: Budget, now: int, value: int = 0, orders: int = 1) -> Any:
    """Draw a reward and issue it, as a tick does; return it, or that there was no room."""
    spent = draw(connection, "cups", budget, orders * value, now, ZONE)
    if spent is not None:
        return spent
    number = len(connection.execute(select(REWARD.c.id)).all()) + 1
    terms = {"kind": "amount" if value else "share", "value": value or 1000, "orders": orders, "used": 0}
    whose = {"occasion_id": number, "instance_id": "i", "customer_id": 1, "campaign": "cups"}
    names = {"key": "1#1", "name": "coupon", "code": f"C{number}", "currency": "USD", "status": "issued"}
    connection.execute(insert(REWARD).values(**whose, **names, **terms, issued_at=now))
    return of(connection, number)


def of(connection: Connection, number: int) -> Any:
    """Return the reward of an occasion."""
    return connection.execute(select(REWARD).where(REWARD.c.occasion_id == number)).one()


def turn(connection: Connection, reward: Any, status: str) -> None:
    """Revoke a reward, or give it back."""
    connection.execute(update(REWARD).where(REWARD.c.id == reward.id).values(status=status))
    row = of(connection, reward.occasion_id)
    if status == "revoked":
        release(connection, [row])
    else:
        reclaim(connection, [(row, row.expires_at)])


@pytest.fixture
def each_connection(each_database: Database) -> Any:
    """A transaction of a database with tables."""
    make_tables(each_database)
    with each_database.begin() as connection:
        yield connection


def test_a_period_begins_with_its_first_millisecond(each_connection: Connection) -> None:
    """What is full in its last one has room in the next."""
    last = MAY - 1
    assert [isinstance(give(each_connection, MONTHLY, APRIL), Exhausted) for _ in range(2)] == [False, False]
    assert give(each_connection, MONTHLY, last) == Exhausted(MAY)
    assert give(each_connection, MONTHLY, MAY).issued_at == MAY
    assert {row.since: row.rewards for row in each_connection.execute(select(BUDGET))} == {APRIL: 2, MAY: 1}


def test_what_is_revoked_is_free_in_the_period_of_its_giving(each_connection: Connection) -> None:
    """Revoked in May, a reward of April makes no room in May; given back, it needs none there."""
    first, _ = (give(each_connection, MONTHLY, MAY - 1) for _ in range(2))
    for _ in range(2):
        give(each_connection, MONTHLY, MAY)
    turn(each_connection, first, "revoked")
    assert give(each_connection, MONTHLY, MAY) == Exhausted(at("2026-06-01"))
    assert not isinstance(give(each_connection, MONTHLY, MAY - 1), Exhausted)
    turn(each_connection, first, "issued")
    assert {row.since: row.rewards for row in each_connection.execute(select(BUDGET))} == {APRIL: 3, MAY: 2}


def test_what_was_used_of_a_revoked_code_stays_counted(each_connection: Connection) -> None:
    """It counts as a reward, and its uses cost what they cost."""
    budget = Budget(amount=100, amount_per="quarter")
    reward = give(each_connection, budget, MAY, value=20, orders=4)
    each_connection.execute(update(REWARD).values(used=1))
    turn(each_connection, reward, "revoked")
    (use,) = used(each_connection, "cups", budget, MAY, ZONE)
    assert (use.rewards, use.amount) == (1, 20)
    assert isinstance(give(each_connection, budget, MAY, value=81), Exhausted)
    assert not isinstance(give(each_connection, budget, MAY, value=80), Exhausted)


def test_two_bounds_have_a_window_each(each_connection: Connection) -> None:
    """What the one refuses costs nothing of the other; for all the time, no next period makes room."""
    budget = Budget(rewards=2, rewards_per="day", amount=50)
    for _ in range(2):
        give(each_connection, budget, MAY, value=20)
    assert give(each_connection, budget, MAY, value=5) == Exhausted(at("2026-05-02"))
    assert give(each_connection, budget, at("2026-05-02"), value=20) == Exhausted(None)
    give(each_connection, budget, at("2026-05-02"), value=10)
    uses = used(each_connection, "cups", budget, at("2026-05-02"), ZONE)
    assert [(use.window.per, use.rewards, use.amount) for use in uses] == [("day", 1, 10), (None, 3, 50)]


def test_another_budget_begins_with_what_was_given_before(each_connection: Connection) -> None:
    """Also where a version between them had none."""
    give(each_connection, Budget(rewards=9), MAY, value=10)
    weekly = Budget(rewards=2, rewards_per="month")
    give(each_connection, weekly, MAY)
    assert isinstance(give(each_connection, weekly, MAY), Exhausted)
    (use,) = used(each_connection, "cups", Budget(rewards=9), MAY, ZONE)
    assert (use.rewards, use.amount) == (2, 10)
    columns = [column for column in REWARD.c if column.name not in ("id", "code", "occasion_id")]
    copied = select(*columns, REWARD.c.code + "x", REWARD.c.occasion_id + 100).limit(1)
    each_connection.execute(
        insert(REWARD).from_select([*(c.name for c in columns), "code", "occasion_id"], copied)
    )
    take_stock(each_connection, "cups", MAY)
    (use,) = used(each_connection, "cups", Budget(rewards=9), MAY, ZONE)
    assert use.rewards == 3


@pytest.mark.parametrize("seed", range(8))
def test_windows_always_hold_what_stands(each_connection: Connection, seed: int) -> None:
    """Whatever is given, revoked and given back around the edges: the counters are the sums over the rewards."""
    chance = random.Random(seed)
    budgets = [
        Budget(rewards=3, rewards_per="day"),
        Budget(rewards=5, amount=90, rewards_per="month"),
        Budget(amount=70, amount_per="month"),
    ]
    given: list[Any] = []
    for _ in range(40):
        now = chance.choice((MAY - 1, MAY, at("2026-05-02") - 1, at("2026-05-02")))
        if given and chance.random() < 0.4:
            reward = of(each_connection, chance.choice(given).occasion_id)
            turn(each_connection, reward, "issued" if reward.status == "revoked" else "revoked")
            continue
        made = give(
            each_connection, chance.choice(budgets), now, chance.choice((0, 10)), chance.choice((1, 2))
        )
        given += [] if isinstance(made, Exhausted) else [made]
    before = each_connection.execute(COUNTED).all()
    take_stock(each_connection, "cups", MAY)
    assert before == each_connection.execute(COUNTED).all()
    assert before

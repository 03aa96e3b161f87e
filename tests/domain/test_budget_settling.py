"""Budgets: what an amount counts is what codes took off, and what those that are out still can."""

from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from punchcard.domain.budgets import BudgetUse, draw, reclaim, release, settle
from punchcard.domain.database import Database, table
from punchcard.domain.rewards import Redemption, Reward
from punchcard.plan.model import Budget, Terms, most_of_one_use
from tests.domain.course import NOW
from tests.support.depth import examples
from tests.support.tables import empty_database

BUDGET, REWARD, REDEMPTION = table(BudgetUse), table(Reward), table(Redemption)
DAY = 86_400_000
ZONE = "America/New_York"
FIVE_OFF = Terms("amount", 5_00)
KINDS = (FIVE_OFF, Terms("share", 10_00, most=4_00), Terms("share", 10_00), Terms("shipping"))
DEEDS = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(KINDS), st.integers(1, 3), st.integers(1, 4)),
    st.tuples(st.just("use"), st.integers(0, 9), st.none() | st.integers(0, 9_00)),
    st.tuples(st.sampled_from(["revoke", "restore"]), st.integers(0, 9)),
    st.tuples(st.just("pass"), st.integers(1, 3)),
)


class Till:
    """Rewards of a campaign that are given, used, revoked and given back, as the steps and the till do it."""

    def __init__(self, connection: Connection, budget: Budget) -> None:
        self.connection = connection
        self.budget = budget
        self.now = NOW
        self.rewards = 0

    def give(self, terms: Terms, orders: int = 1, days: int = 30) -> bool:
        """Draw a reward and issue it."""
        cost = orders * most_of_one_use(terms)
        if draw(self.connection, "save", self.budget, cost, self.now, ZONE) is not None:
            return False
        self.rewards += 1
        number = self.rewards
        issued = {
            "id": number,
            "occasion_id": number,
            "instance_id": "i",
            "campaign": "save",
            "customer_id": 1,
        }
        named = {"key": "1#1", "name": "coupon", "code": f"C{number}", "status": "issued", "currency": "USD"}
        worth = {"kind": terms.kind, "value": terms.value, "what": terms.what, "most": terms.most}
        uses = {"orders": orders, "used": 0}
        ends = {"issued_at": self.now, "expires_at": self.now + days * DAY}
        self.connection.execute(REWARD.insert().values(**issued, **named, **worth, **uses, **ends))
        return True

    def use(self, number: int, taken_off: int | None) -> None:
        """Use a code once, if it can be."""
        row = self.row(number)
        if row is None or row.status != "issued" or row.expires_at <= self.now:
            return
        wish = {"source": "till", "request_key": f"{number}.{row.used}", "request_digest": "x"}
        self.connection.execute(
            REDEMPTION.insert().values(
                **wish,
                reward_id=number,
                number=row.used + 1,
                discount=taken_off,
                currency="USD",
                redeemed_at=self.now,
            )
        )
        settle(self.connection, row, taken_off)
        last = row.used + 1 == row.orders
        self._set(number, used=row.used + 1, status="redeemed" if last else "issued")

    def revoke(self, number: int) -> None:
        """Take a code back, if there is a use left."""
        row = self.row(number)
        if row is not None and row.status == "issued":
            release(self.connection, [row])
            self._set(number, status="revoked", revoked_at=self.now)

    def restore(self, number: int) -> None:
        """Give a code back, good for as long as it was."""
        row = self.row(number)
        if row is not None and row.status == "revoked":
            ends = row.expires_at + self.now - row.revoked_at
            reclaim(self.connection, [(row, ends)])
            self._set(number, status="issued", expires_at=ends)

    def row(self, number: int) -> Any:
        """Return a reward."""
        return self.connection.execute(select(REWARD).where(REWARD.c.id == number)).first()

    def drawn(self) -> tuple[int, int]:
        """Return what the budgets of all periods have counted."""
        rows = self.connection.execute(select(BUDGET)).all()
        return sum(row.rewards for row in rows), sum(row.amount for row in rows)

    def expected(self) -> tuple[int, int]:
        """Return the same, from the rewards themselves."""
        windows = self.connection.execute(select(BUDGET)).all()
        given = amount = 0
        for row in self.connection.execute(select(REWARD)).all():
            most = most_of_one_use(Terms(row.kind, row.value, row.what, row.most))
            uses = self.connection.execute(select(REDEMPTION).where(REDEMPTION.c.reward_id == row.id)).all()
            given += row.status != "revoked" or row.used > 0
            amount += sum(most if use.discount is None else use.discount for use in uses)
            freed = next(each.freed_until for each in windows if each.since <= row.issued_at < each.until)
            if row.status == "issued" and row.expires_at > freed:
                amount += most * (row.orders - row.used)
        return given, amount

    def _set(self, number: int, **values: object) -> None:
        self.connection.execute(REWARD.update().where(REWARD.c.id == number).values(**values))


@pytest.mark.parametrize("per", [None, "day"])
@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(DEEDS, max_size=25))
def test_what_is_drawn_follows_from_the_rewards(
    tmp_path_factory: pytest.TempPathFactory, per: Literal["day"] | None, deeds: list[tuple[Any, ...]]
) -> None:
    """Whatever happens to codes in whatever order; and never is more given than there is room for."""
    database = empty_database(tmp_path_factory.mktemp("budget") / "punchcard.db")
    with database.begin() as connection:
        till = Till(connection, Budget(rewards=6, amount=20_00, amount_per=per, rewards_per=per))
        for name, *arguments in deeds:
            if name == "pass":
                till.now += arguments[0] * DAY
                continue
            given = getattr(till, name)(*arguments)
            assert till.drawn() == till.expected()
            if given and per is None:
                rewards, amount = till.drawn()
                assert rewards <= 6
                assert amount <= 20_00
    database.close()


def test_a_used_code_leaves_what_it_did_not_take_off(each_database: Database) -> None:
    """Five dollars are reserved for each of two, and the first takes two."""
    with each_database.begin() as connection:
        till = Till(connection, Budget(amount=12_00))
        assert [till.give(FIVE_OFF), till.give(FIVE_OFF), till.give(FIVE_OFF)] == [True, True, False]
        till.use(1, 2_00)
        assert till.give(FIVE_OFF)
        assert till.drawn() == (3, 12_00)


def test_what_ended_unused_is_free_again(each_database: Database) -> None:
    """It is freed when somebody needs it; one that was used on its last day is not freed twice."""
    with each_database.begin() as connection:
        till = Till(connection, Budget(amount=10_00))
        assert till.give(FIVE_OFF, days=1)
        assert till.give(FIVE_OFF, days=3)
        till.now += 2 * DAY
        assert till.give(FIVE_OFF)
        assert not till.give(FIVE_OFF)
        till.revoke(1)
        assert till.drawn() == (2, 10_00)


def test_a_revoked_code_leaves_its_place(each_database: Database) -> None:
    """Given back it takes it again, even where there is none."""
    with each_database.begin() as connection:
        till = Till(connection, Budget(rewards=1))
        till.give(FIVE_OFF)
        till.revoke(1)
        assert till.give(FIVE_OFF)
        till.restore(1)
        assert till.drawn() == (2, 10_00)
        assert not till.give(FIVE_OFF)


def test_a_share_without_a_bound_counts_when_it_is_used(each_database: Database) -> None:
    """What is out by then can go beyond the budget; nothing more is given then, not even what has no price."""
    with each_database.begin() as connection:
        till = Till(connection, Budget(amount=15_00))
        assert till.give(KINDS[2])
        assert till.give(KINDS[2])
        till.use(1, 10_00)
        assert till.give(KINDS[3])
        till.use(2, 10_00)
        assert till.drawn() == (3, 20_00)
        assert not till.give(KINDS[2])
        assert not till.give(KINDS[3])


def test_each_month_has_a_budget_of_its_own(each_database: Database) -> None:
    """What was given in a month counts there, whenever it is used; the month begins where the campaign is at home."""
    with each_database.begin() as connection:
        till = Till(connection, Budget(amount=5_00, amount_per="month"))
        till.now = 1_775_012_400_000  # 31 March 2026, 23:00 in New York
        assert till.give(FIVE_OFF, days=30)
        assert not till.give(FIVE_OFF)
        till.now += 3_600_000
        assert till.give(FIVE_OFF)
        till.use(1, 1_00)
        assert [row.amount for row in connection.execute(select(BUDGET).order_by(BUDGET.c.since))] == [
            1_00,
            5_00,
        ]

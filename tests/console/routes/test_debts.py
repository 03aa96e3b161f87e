"""The rooms of debts: what is owed, and who may say what became of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert, select

from punchcard.domain.audit import deeds
from punchcard.domain.database import table
from punchcard.domain.debts import Debt
from punchcard.domain.reward_list import find_rewards
from tests.console.browser_user import Person
from tests.support.world import World

DEBT = table(Debt)


@pytest.fixture
def owed(world: World) -> int:
    """What the customer C-102 has redeemed is owed."""
    with world.database.begin() as connection:
        reward = find_rewards(connection, world.now, customer="C-102", state="redeemed").items[0]
        values = {
            "amount": reward.uses[0].discount,
            "currency": "USD",
            "status": "owed",
            "owed_at": world.now,
        }
        connection.execute(insert(DEBT).values(reward_id=reward.id, **values))
    return reward.id


def test_the_room_is_there_once_something_was_owed(analyst: Person) -> None:
    """A shop whose campaigns say nothing of debts is spared it."""
    assert "/console/debts" not in analyst.open("/").text
    assert "Nothing is owed." in analyst.text("/debts")


def test_what_is_owed_is_found_by_campaign_and_customer(analyst: Person, owed: int) -> None:
    """With its amount, and the way to the customer, the instance and what they owe besides."""
    assert "Debts 1" in analyst.text("/")
    page = analyst.text("/debts")
    assert "C-102" in page
    assert "$25.10" in page
    assert "Nothing is owed." in analyst.text("/debts?campaign=welcome")
    assert "Nothing is owed." in analyst.text("/debts?customer=C-101")
    assert f"/console/debts/{owed}" in analyst.open("/customers/C-102").text
    assert "owed $25.10" in analyst.text("/customers/C-102")


@pytest.mark.parametrize(
    ("how", "said", "shown"),
    [
        ("collected", "the debt was collected", "collected"),
        ("waived", "the debt is waived", "waived"),
    ],
)
def test_a_debt_is_settled_once(
    world: World, analyst: Person, owed: int, how: str, said: str, shown: str
) -> None:
    """Who said so, when and why stands there and in the log; another word is refused."""
    answer = analyst.send(f"/debts/{owed}/{how}", on=f"/debts/{owed}", note="by invoice 17")
    assert said in answer.text
    assert "Nothing is owed." in analyst.text("/debts")
    assert "by invoice 17" in analyst.text(f"/debts?which={how}")
    page = analyst.text(f"/debts/{owed}")
    assert f"{shown.capitalize()} · analyst" in page
    assert "It was collected" not in page
    other = "waived" if how == "collected" else "collected"
    answer = analyst.send(f"/debts/{owed}/{other}", on="/", note="")
    assert "it has been settled otherwise" in answer.text
    with world.database.read() as connection:
        assert connection.execute(select(DEBT.c.status, DEBT.c.note)).one() == (how, "by invoice 17")
        (deed,) = deeds(connection, object_=f"reward:{owed}")
    assert (deed.action, deed.actor) == (f"debt.{how}", "user:analyst")


def test_only_those_who_may_settle_it(owed: int, someone: Callable[[str], Person]) -> None:
    """A marketer reads of it; the address refuses as the page does."""
    marketer = someone("marketer")
    assert "Analysts and admins can settle it." in marketer.text(f"/debts/{owed}")
    assert "/waived" not in marketer.open(f"/debts/{owed}").text
    assert marketer.send(f"/debts/{owed}/waived", on="/").status_code == 403


def test_what_is_not_owed_has_no_page(world: World, analyst: Person, owed: int) -> None:
    """A reward without a debt, and none at all."""
    assert analyst.open("/debts/999999").status_code == 404
    with world.database.read() as connection:
        others = [each.id for each in find_rewards(connection, world.now).items if each.id != owed]
    assert analyst.open(f"/debts/{others[0]}").status_code in (404, 409)

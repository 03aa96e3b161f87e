"""Codes for several orders, and budgets that end quietly, as an analyst sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console.browser_user import Person
from tests.support.world import World

CUPS = """\
campaign: cups
currency: USD
budget: {rewards: 1, then: stop}
when:
  order: {over: 140}
steps:
  - reward: {discount: 20%, orders: 3, expires: 60 days}
    as: coupon
  - wait: {for: coupon.used_up, until: coupon.expires}
"""


@pytest.fixture
def given(world: World, tmp_path: Path) -> str:
    """The code of a customer's reward for three orders, used for one of them."""
    (tmp_path / "cups.yaml").write_text(CUPS)
    world.publish(tmp_path / "cups.yaml")
    world.order("o-big", "C-103", "150.00")
    code = world.code("C-103")
    world.redeem("C-103", "o-next", 5_000)
    return code


def test_a_customers_page_says_how_many_uses_are_left(given: str, analyst: Person) -> None:
    """With each order that it was used for."""
    page = analyst.text("/customers/C-103")
    assert "20% off on each of 3 orders" in page
    assert "redeemable 2 of 3 uses left · o-next, $10" in page


def test_an_instance_tells_each_use(given: str, world: World, analyst: Person) -> None:
    """In its journal, in what it waits for, and in the chain of what led to what."""
    world.redeem("C-103", "o-after", 10_000)
    page = analyst.text(f"/instances/{world.instance_of('C-103', 'cups')}")
    assert f"Waits for the last use of {given}" in page
    assert "It can be used 2 more times" in page
    assert "It can be used 1 more time " in page
    assert "on order o-next, saved $10" in page
    assert "on order o-after, saved $20" in page
    world.redeem("C-103", "o-last", 1_000)
    assert "It was the last time" in analyst.text(f"/instances/{world.instance_of('C-103', 'cups')}")


def test_whoever_came_after_the_budget_is_told_so(given: str, world: World, analyst: Person) -> None:
    """In two languages; there is no incident."""
    before = analyst.text("/incidents")
    world.order("o-late", "C-101", "150.00")
    address = f"/instances/{world.instance_of('C-101', 'cups')}"
    page = analyst.text(address)
    assert "Gave no reward: the budget for all customers is used up" in page
    assert "Stopped: the campaign's budget is used up" in page
    german = analyst.text(address, accept_language="de")
    assert "Beendet: Das Budget der Kampagne ist aufgebraucht" in german
    assert analyst.text("/incidents") == before

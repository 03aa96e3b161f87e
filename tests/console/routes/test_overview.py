"""The first page."""

from __future__ import annotations

import re

from tests.console.browser_user import Person
from tests.support.world import World


def test_each_campaign_has_its_numbers(marketer: Person) -> None:
    """Occasions, rewards, redemptions with their rate, messages with the reasons for silence, and what is open."""
    page = marketer.text("/")
    assert "20% off for every $500 spent" in page
    assert "Occasions 19 held out 1, reversed 1" in page
    assert "Redeemed 2 12% redeemed, $41.10 saved" in page
    assert "not sent (no consent 3)" in page
    assert "Incidents 2" in page


def test_it_comes_again_only_if_it_has_changed(world: World, marketer: Person) -> None:
    """The page asks with the mark of what it shows; the answer is empty until something happens."""
    first = marketer.open("/live", hx_request="true")
    mark = re.search(r"seen=(\w+)", first.text)
    assert mark is not None
    assert marketer.open(f"/live?seen={mark[1]}").status_code == 204
    world.order("o-999", "C-103", "600.00")
    assert marketer.open(f"/live?seen={mark[1]}").status_code == 200

"""Incidents."""

from __future__ import annotations

from tests.console.browser_user import Person
from tests.support.world import World


def test_open_incidents_say_what_happened_and_what_to_do(analyst: Person) -> None:
    """Each leads to its instance, and the head of every page counts them."""
    page = analyst.open("/incidents")
    assert page.text.count('class="cover" href="/console/instances/spend-and-save.e1.c8.') == 2
    assert "Reward: 20% off" in page.text
    assert 'Incidents <span class="bubble">2</span>' in page.text


def test_closed_incidents_say_what_was_decided(world: World, analyst: Person) -> None:
    """Once it was skipped, it is among the closed ones."""
    analyst.send("/instances/spend-and-save.e1.c8.1.g1/do/skip", reason="No budget for this one")
    world.worker.work(world.now)
    assert analyst.text("/incidents").count("budget is exhausted") == 1
    assert "skipped" in analyst.text("/incidents?closed=yes")

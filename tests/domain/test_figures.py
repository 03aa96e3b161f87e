"""A campaign's numbers, against the story that they sum up."""

from __future__ import annotations

from collections import Counter

from punchcard.domain.figures import Figures, count_open_incidents, figures_by_campaign
from tests.support.world import World


def _figures(world: World, campaign: str | None = None) -> dict[str, Figures]:
    with world.database.read() as connection:
        return figures_by_campaign(connection, world.now, campaign)


def test_everything_is_counted_where_it_belongs(world: World) -> None:
    """Occasions, rewards by state, messages and why some were not sent, instances by state, discounts."""
    found = _figures(world)["spend-and-save"]
    assert (found.earned, found.reversed) == (9, 1)
    assert found.issued == 7
    assert (found.rewards["redeemed"], found.rewards["revoked"]) == (2, 1)
    assert found.suppressed == {"no_consent": 2}
    assert found.open == 7
    assert (found.instances["incident"], found.instances["paused"]) == (2, 1)
    assert found.discounts == {"USD": 1600 + 2510}


def test_a_holdout_earns_and_gets_nothing(world: World) -> None:
    """It is counted among what was earned, and apart."""
    assert _figures(world)["welcome"].occasions["held_out"] == 1


def test_rewards_expire_by_business_time(world: World) -> None:
    """An unused reward is redeemable until its day is over."""
    with world.database.read() as connection:
        later = figures_by_campaign(connection, world.now + 400 * 24 * 3600 * 1000)["spend-and-save"]
    assert later.rewards["redeemable"] == 0
    assert later.rewards["expired"] == 5


def test_one_campaign_alone_has_the_same_numbers(world: World) -> None:
    """Asking for one leaves the others out and changes nothing."""
    assert _figures(world, "spend-and-save") == {"spend-and-save": _figures(world)["spend-and-save"]}


def test_sums_add_up(world: World) -> None:
    """The whole is its parts."""
    each, total = _figures(world), Figures()
    for figures in each.values():
        total.add(figures)
    assert total.earned == sum(figures.earned for figures in each.values())
    assert total.open == sum(figures.open for figures in each.values())


def test_open_incidents_are_counted(world: World) -> None:
    """The number that stands beside the room's name."""
    with world.database.read() as connection:
        assert count_open_incidents(connection) == 2


def test_what_was_gathered_is_one() -> None:
    """A batch is the occasion, not its members."""
    assert Figures(occasions=Counter(started=1, joined=3, historical=2)).earned == 1

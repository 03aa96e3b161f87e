"""Experiments on a campaign's page, and what they decided in the timeline of an instance."""

from __future__ import annotations

from pathlib import Path

from tests.console.browser_user import Person
from tests.support.experiment import TEXT, Words
from tests.support.world import World

PAGE = "/campaigns/which-words"


def test_an_experiment_says_what_it_waits_for(world: World, marketer: Person, tmp_path: Path) -> None:
    """What it measures, who came, and how many are missing; before that, that nobody has come."""
    words = Words(world, tmp_path)
    assert "Experiment “Words” nobody has come yet" in marketer.text(PAGE)
    words.come(3)
    page = marketer.text(PAGE)
    assert "Experiment “Words” by lot, until it is decided" in page
    assert (
        "It measures whether the customer orders again (time for it: 1 day), and is to be 95% sure." in page
    )
    assert (
        "The next look comes when 20 customers are counted in each variant; so far 0 are in the smallest."
        in page
    )


def test_what_an_experiment_found_is_on_the_campaigns_page(
    world: World, marketer: Person, tmp_path: Path
) -> None:
    """The variant that is kept, each one's figures, and the look with what chance would do."""
    Words(world, tmp_path).decide()
    page = marketer.text(PAGE)
    assert "Experiment “Words” decided" in page
    assert "Warm kept 50%" in page
    assert "the variant “Warm” is better than each other one" in page
    assert "Look 1: “Warm” is kept (chance would put it so far ahead in less than 0.01% of all cases" in page
    assert "up to 1.25% is enough" in page


def test_an_instance_says_why_it_got_its_variant(world: World, marketer: Person, tmp_path: Path) -> None:
    """By lot, or since it is the best; and who came when it was time for a look."""
    words = Words(world, tmp_path)
    later = words.decide()
    first, looker = (world.instance_of(name, "which-words") for name in ("W-1", "W-51"))
    assert "proved the best" not in marketer.text(f"/instances/{first}")
    assert (
        "Was the first to come when it was time for look 1 at the experiment: the variant “Warm” is kept"
        in marketer.text(f"/instances/{looker}")
    )
    told = marketer.text(f"/instances/{world.instance_of(later, 'which-words')}")
    assert "Got the variant “Warm”, which has proved the best" in told
    assert "Look 1 at the experiment saw: Plain: 0 of " in told


def test_in_german(world: World, marketer: Person, tmp_path: Path) -> None:
    """The same, in the reader's language."""
    Words(world, tmp_path).decide()
    page = marketer.text(PAGE, accept_language="de")
    assert "Experiment „Words“ entschieden" in page
    assert "Gemessen wird, ob wieder bestellt wird (Frist: 1 Tag), mit 95 % Sicherheit." in page.replace(
        "\xa0", " "
    )


def test_an_experiment_that_gave_way_stays_on_the_page(
    world: World, marketer: Person, tmp_path: Path
) -> None:
    """Below the one that took its place, with what its looks found."""
    words = Words(world, tmp_path)
    words.come(50)
    world.later(1)
    words.come()
    words.publish(TEXT.replace("after: 20", "after: 30"))
    page = marketer.text(PAGE)
    fresh, former = page.index("nobody has come yet"), page.index("given way to another")
    assert fresh < former
    assert "Only those come to it who began with an earlier version of the campaign." in page
    assert "Look 1: no variant was ahead of all others." in page

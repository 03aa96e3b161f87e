"""The list of instances."""

from __future__ import annotations

import re

import pytest

from api.console.routes import instances as room
from tests.console.browser_user import Person
from tests.support.world import World


def _listed(person: Person, query: str) -> list[str]:
    return re.findall(
        r'class="cover" href="/console/instances/([^"]+)"', person.open(f"/instances{query}").text
    )


def test_the_address_holds_the_filter(analyst: Person) -> None:
    """Opening it again shows the same, and the form shows what was asked for."""
    page = analyst.open("/instances?campaign=spend-and-save&state=waiting&text=C-103")
    assert _listed(analyst, "?campaign=spend-and-save&state=waiting&text=C-103") == [
        "spend-and-save.e1.c3.1.g1"
    ]
    assert '<option value="waiting" selected>' in page.text
    assert '<option value="spend-and-save" selected>' in page.text
    assert 'value="C-103"' in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=incident", {"spend-and-save.e1.c8.1.g1", "spend-and-save.e1.c8.2.g1"}),
        ("?state=paused", {"spend-and-save.e1.c7.1.g1"}),
        ("?campaign=spend-and-save&step=4.then.2", {"spend-and-save.e1.c2.1.g1"}),
        ("?text=spend-and-save.e1.c1.1.g1", {"spend-and-save.e1.c1.1.g1"}),
        (
            "?campaign=spend-and-save&until=2026-03-05",
            {"spend-and-save.e1.c1.1.g1", "spend-and-save.e1.c2.1.g1"},
        ),
        ("?campaign=goodwill&since=2026-03-19", set()),
    ],
)
def test_instances_are_found_by(analyst: Person, query: str, found: set[str]) -> None:
    """State, step, id, and the days on which they began, by the campaign's clock."""
    assert set(_listed(analyst, query)) == found


def test_a_code_finds_its_instance(world: World, analyst: Person) -> None:
    """What a customer reads out leads to what became of it."""
    code = world.code("C-106")
    assert _listed(analyst, f"?text={code.lower().replace('-', '')}") == [
        world.instance_of("C-106", "goodwill")
    ]


def test_states_and_steps_are_counted_within_the_filter(analyst: Person) -> None:
    """Each count is a link to those that it counts."""
    page = analyst.text("/instances?campaign=spend-and-save")
    assert "10 all 4 waiting 2 incident 1 paused 1 completed 1 cancelled 1 reversed" in page
    assert "Wait for: coupon redeemed (coupon expires) 4" in page


def test_pages_follow_one_another_without_gap_or_repetition(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Walking from page to page shows every instance once."""
    whole = _listed(analyst, "")
    monkeypatch.setattr(room, "ROWS", 4)
    seen: list[str] = []
    query: str | None = ""
    while query is not None:
        seen += _listed(analyst, query)
        page = analyst.open(f"/instances{query}").text
        link = re.search(r'rel="next" href="/console/instances([^"]+)"', page)
        query = link[1].replace("&amp;", "&") if link else None
    assert seen == whole
    assert len(set(seen)) == len(seen) > 4


def test_what_cannot_be_read_is_left_out_and_said(analyst: Person) -> None:
    """A filter never shows less than it says."""
    page = analyst.text("/instances?since=tomorrow&state=confused")
    assert "“tomorrow” is not a date; it was left out." in page
    assert "There is no state “confused”; it was left out." in page


def test_nothing_found_says_what_to_do(analyst: Person) -> None:
    """An empty list is not a riddle."""
    assert "Nothing fits this filter." in analyst.text("/instances?text=nobody")

"""`together` in the language: names that are made side by side, and what is known when the ways meet."""

import pytest

from punchcard.plan.model import Together
from tests.language.reading import codes, plan

TWO = (
    "- together: {wait_for}\n  branches:\n    one: [{{reward: 5%, as: gift}}]\n"
    "    other: [{{reward: 9%, as: {name}}}]\n"
)
USE = "- if: gift.redeemed\n  then:\n    - send: hello"


def test_each_way_is_a_branch() -> None:
    """Paths name it."""
    found = plan(
        "- together: any\n  branches:\n    mail: [send: hello]\n    wait-for-it: [wait: 1 day]"
    ).steps[0]
    assert isinstance(found, Together)
    assert found.wait_for == "any"
    assert [(way.name, way.steps[0].path) for way in found.branches] == [
        ("mail", "1.mail.1"),
        ("wait-for-it", "1.wait-for-it.1"),
    ]


@pytest.mark.parametrize(("wait_for", "found"), [("all", []), ("any", ["PC1402"])])
def test_what_a_way_makes_is_known_after_all_and_uncertain_after_any(wait_for: str, found: list[str]) -> None:
    """Of `any` only one way is sure to have ended, and nobody knows which."""
    assert codes(TWO.format(wait_for=wait_for, name="other_gift") + USE) == found


def test_ways_beside_one_another_do_not_exclude_each_other() -> None:
    """So a name cannot repeat in them, nor be used by the one beside."""
    assert codes(TWO.format(wait_for="all", name="gift")) == ["PC1407"]
    peek = (
        "- together: all\n  branches:\n    one: [{reward: 5%, as: gift}]\n    other:\n"
        "      - if: gift.redeemed\n        then: [send: hello]"
    )
    assert codes(peek) == ["PC1402"]


def test_a_stop_in_one_way_of_all_ends_everything() -> None:
    """What follows is never reached; of `any` the other way may be first."""
    steps = "- together: {wait_for}\n  branches:\n    one: [stop: enough]\n    other: [wait: 1 day]\n- send: hello"
    assert codes(steps.replace("{wait_for}", "all")) == ["PC1601"]
    assert codes(steps.replace("{wait_for}", "any")) == []


def test_the_longest_way_of_all_ages_a_reward() -> None:
    """Of `any` the shortest does."""
    steps = (
        "- reward: {discount: 5%, expires: 5 days}\n  as: coupon\n- together: {wait_for}\n"
        "  branches:\n    one: [wait: 9 days]\n    other: [wait: 1 day]\n"
        "- wait: {for: coupon.redeemed, up_to: 1 day}"
    )
    assert codes(steps.replace("{wait_for}", "all")) == ["PC1602"]
    assert codes(steps.replace("{wait_for}", "any")) == []


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("- together: both\n  branches:\n    a: [send: hello]\n    b: [send: hello]", ["PC1208"]),
        ("- together: all\n  branches:\n    a: [send: hello]", ["PC1321"]),
        ("- together: all", ["PC1321"]),
        ("- together: all\n  branches:\n    A: [send: hello]\n    b: [send: hello]", ["PC1210"]),
        ("- together: all\n  branches:\n    a: []\n    b: [send: hello]", ["PC1202"]),
    ],
)
def test_what_does_not_go_together(steps: str, found: list[str]) -> None:
    """Each is said at its place."""
    assert codes(steps) == found

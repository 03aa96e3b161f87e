"""`split` in the language: shares that make 100%, and branches of its variants."""

import pytest

from punchcard.plan.model import Split
from tests.language.reading import codes, plan


def test_variants_in_the_order_of_their_shares() -> None:
    """One without a branch has no steps; the experiment is called by the step's id, else by its path."""
    steps = "- split: {plain: 33.3%, warm: 66.7%}\n  branches:\n    warm:\n      - send: hello"
    found = plan(steps).steps[0]
    assert isinstance(found, Split)
    assert [(one.name, one.share, len(one.steps)) for one in found.branches] == [
        ("plain", 3330, 0),
        ("warm", 6670, 1),
    ]
    assert found.experiment == "1"
    named = plan(steps.replace("  branches", "  id: tone\n  branches")).steps[0]
    assert isinstance(named, Split)
    assert named.experiment == "tone"


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        ("{a: 50%, b: 40%}", ["PC1323"]),
        ("{a: 60%, b: 60%}", ["PC1323"]),
        ("{a: 100%}", ["PC1323"]),
        ("{a: half, b: 50%}", ["PC1205"]),
        ("{A: 50%, b: 50%}", ["PC1210"]),
        ("{a: 50%, keep_best: {by: customer.ordered}}", ["PC1323", "PC1102", "PC1102"]),
        ("a", ["PC1201"]),
        ("", ["PC1102"]),
    ],
)
def test_shares_that_divide_nobody_rightly(shares: str, found: list[str]) -> None:
    """Each is said at its place."""
    assert codes(f"- split: {shares}\n  branches:\n    a:\n      - send: hello") == found


def test_a_branch_needs_its_variant() -> None:
    """And a split needs branches."""
    assert codes("- split: {a: 50%, b: 50%}\n  branches:\n    c:\n      - send: hello") == ["PC1322"]
    assert codes("- split: {a: 50%, b: 50%}") == ["PC1321"]


def test_what_one_variant_makes_may_not_exist_after_it() -> None:
    """Only what all make is known."""
    steps = (
        "- split: {a: 50%, b: 50%}\n  branches:\n    a: [{reward: 5%, as: coupon}]\n"
        "- if: coupon.redeemed\n  then:\n    - send: hello"
    )
    assert codes(steps) == ["PC1402"]

"""`split` in the language: shares that make 100%, and branches of its variants."""

import pytest

from punchcard.plan.model import Split
from tests.language.reading import codes, plan
from tests.plan.samples import DAY


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


KEEP = "keep_best: {by: customer.ordered, within: 14 days, after: 1000}"
WAYS = "  id: tone\n  branches:\n    a: [send: hello]\n    b: [send: other]"


def test_an_experiment_measures_something() -> None:
    """By what, for how long, from how many customers on, and how surely; each experiment has a mark."""
    found = plan(f"- split: {{a: 50%, b: 50%, {KEEP}}}\n{WAYS}").steps[0]
    assert isinstance(found, Split)
    kept = found.keep_best
    assert kept is not None
    assert (kept.by, kept.within, kept.after, kept.sure) == ("customer.ordered", 14 * DAY, 1000, 9_500)
    assert len(kept.mark) == 16
    surer = plan(f"- split: {{{KEEP[:-1]}, sure: 99%}}, a: 50%, b: 50%}}\n{WAYS}").steps[0]
    assert isinstance(surer, Split)
    assert surer.keep_best is not None
    assert surer.keep_best.sure == 9_900
    assert surer.keep_best.mark != kept.mark


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("customer.ordered", []),
        ("coupon.redeemed", []),
        ("gift.redeemed", []),
        ("late.redeemed", []),
        ("own.redeemed", ["PC1328"]),
        ("reply.answered", ["PC1328"]),
        ("both.redeemed", []),
        ("coupon.answered", ["PC1327"]),
        ("order.paid", ["PC1327"]),
        ("customer", ["PC1327"]),
        ("customer.Order", ["PC1327"]),
        ("cupon.redeemed", ["PC1327"]),
    ],
)
def test_a_success_can_be_counted_and_happen_in_each_variant(by: str, found: list[str]) -> None:
    """What is made before the split, behind it, or in every variant; not in one alone, or by nobody."""
    steps = (
        "- reward: 5%\n  as: coupon\n"
        "- if: order.amount > 5\n  then: [{reward: 5%, as: gift}]\n"
        f"- split: {{a: 50%, b: 50%, {KEEP.replace('customer.ordered', by)}}}\n  id: tone\n  branches:\n"
        "    a: [{reward: 5%, as: own}, {reward: 5%, as: both}]\n"
        "    b: [{reward: 6%, as: both}, {ask: {message: hello, answer: 1..5, up_to: 2 days}}]\n"
        "- reward: 5%\n  as: late"
    )
    assert [code for code in codes(steps) if code in ("PC1327", "PC1328")] == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (KEEP.replace("1000", "4"), ["PC1329"]),
        (KEEP.replace("1000", "5"), []),
        (KEEP.replace("}", ", sure: 49%}"), ["PC1329"]),
        (KEEP.replace("}", ", sure: often}"), ["PC1205"]),
        (KEEP.replace("14 days", "1 month"), ["PC1203"]),
        (KEEP.replace("by: customer.ordered, ", ""), ["PC1102"]),
        (KEEP.replace("by", "buy"), ["PC1101"]),
        ("keep_best: yes", ["PC1201"]),
        ("keep_best: {}", ["PC1102", "PC1102", "PC1102"]),
    ],
)
def test_an_experiment_that_could_not_decide_is_refused(written: str, found: list[str]) -> None:
    """Each is said at its place."""
    assert codes(f"- split: {{a: 50%, b: 50%, {written}}}\n{WAYS}") == found


def test_every_variant_of_an_experiment_is_tried() -> None:
    """One that is switched off by its share leaves it for ever undecided."""
    assert codes(f"- split: {{a: 100%, b: 0%, {KEEP}}}\n{WAYS}") == ["PC1329"]


def test_an_experiment_has_an_id() -> None:
    """Or it begins anew when a step is put before it."""
    nameless = WAYS.removeprefix("  id: tone\n")
    assert codes(f"- split: {{a: 50%, b: 50%, {KEEP}}}\n{nameless}") == ["PC1330"]

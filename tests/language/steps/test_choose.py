"""`choose` in the language: which values have branches, and what is known after them."""

import pytest

from punchcard.plan.model import Case, Choose
from punchcard.plan.picking import pick
from tests.language.reading import codes, plan

ASK = "- ask: {message: hello, answer: [good, bad], up_to: 1 day}\n  as: reply\n  then:\n"


def chosen(steps: str) -> Choose:
    """Return the choice that the first step is."""
    found = plan(steps).steps[0]
    assert isinstance(found, Choose)
    return found


def test_texts_and_numbers_have_branches() -> None:
    """A text takes itself, a number or range what lies in it."""
    text = chosen("- choose: order.currency\n  branches:\n    USD:\n      - send: hello")
    assert [(case.name, case.low) for case in text.branches] == [("USD", None)]
    whole = chosen(
        "- choose: customer.orders\n  branches:\n    1:\n      - send: hello\n    2 .. 5:\n      - send: hello"
    )
    assert [(case.name, case.low, case.high) for case in whole.branches] == [("1", 1, 1), ("2 .. 5", 2, 5)]
    assert [case.steps[0].path for case in whole.branches] == ["1.1.1", "1.way-2.1"]


def test_a_range_may_have_no_end() -> None:
    """`4..` takes whatever is not less; what else would take one of its numbers meets it."""
    found = chosen("- choose: customer.orders\n  branches:\n    4..: [send: hello]\n    1: [send: hello]")
    ways = [
        pick(found.value, found.branches, {"customer.orders": orders}).way for orders in (3, 4, 999_999_999)
    ]
    assert ways == [None, "4..", "4.."]
    steps = "- choose: customer.orders\n  branches:\n    4..: [send: hello]\n    9: [send: hello]"
    assert codes(steps) == ["PC1322"]


@pytest.mark.parametrize("value", ["coupon.redeemed", "order.amount", "order.occurred_at"])
def test_other_types_are_for_if(value: str) -> None:
    """A yes or no, money and moments are compared."""
    before = "- reward: {discount: 5%, expires: 9 days}\n  as: coupon\n"
    assert codes(f"{before}- choose: {value}\n  branches:\n    1:\n      - send: hello") == ["PC1320"]


@pytest.mark.parametrize(
    ("branches", "found"),
    [
        ("good: [send: hello]\n        bad: [send: hello]", []),
        ("god: [send: hello]", ["PC1322"]),
        ("good: [send: hello]\n        bad: [send: hello]\n      otherwise: [send: other]", ["PC1601"]),
    ],
)
def test_an_answers_branches_are_its_choices(branches: str, found: list[str]) -> None:
    """A choice that the question does not have is never made; when all have branches, nothing else is left."""
    steps = f"{ASK}    - choose: reply.answer\n      branches:\n        {branches}"
    assert codes(steps) == found


def test_ranges_that_meet_are_refused() -> None:
    """One number has one branch."""
    branches = "1..3: [send: hello]\n    3..5: [send: hello]\n    9..7: [send: hello]\n    x: [send: hello]"
    assert codes(f"- choose: customer.orders\n  branches:\n    {branches}") == ["PC1322"] * 3


def test_what_every_way_makes_is_known_after_it() -> None:
    """Without `otherwise` there is a way that makes nothing."""
    make = "[{reward: 5%, as: coupon}]"
    both = (
        f"- choose: order.currency\n  branches:\n    USD: {make}\n  otherwise: {make}\n"
        "- if: coupon.redeemed\n  then:\n    - send: hello"
    )
    assert codes(both) == []
    assert codes(both.replace(f"  otherwise: {make}\n", "")) == ["PC1402"]


def test_an_undeclared_value_can_be_both() -> None:
    """An event's field may come as a number or as its text."""
    found = plan(
        "- choose: event.stars\n  branches:\n    5:\n      - send: hello", when="{event: {name: rated}}"
    ).steps[0]
    assert isinstance(found, Choose)
    assert found.branches == (Case("5", found.branches[0].steps, 5, 5),)

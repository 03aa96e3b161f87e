"""`reward` in the language: what is given, and how much a share takes off at the most."""

import pytest

from punchcard.plan.codec import encode
from punchcard.plan.model import BoundedShareOff, Offer, Reward, ShareOff
from tests.language.reading import codes, plan


@pytest.mark.parametrize(
    ("arguments", "offer"),
    [
        ("20%", ShareOff(2000)),
        ("{discount: 100%, at_most: 10}", BoundedShareOff(10000, 1000)),
        ("{discount: 100%, at_most: 12.50 USD}", BoundedShareOff(10000, 1250)),
    ],
)
def test_a_share_may_be_bounded(arguments: str, offer: Offer) -> None:
    """In the campaign's currency."""
    (step,) = plan(f"- reward: {arguments}").steps
    assert isinstance(step, Reward)
    assert step.offer == offer


@pytest.mark.parametrize(
    "arguments", ["{discount: 20%, orders: 3}", "{shipping: free, orders: 3}", "{free: coffee, orders: 3}"]
)
def test_a_code_may_be_for_several_orders(arguments: str) -> None:
    """Whatever goes with an order can go with the next ones, too."""
    (step,) = plan(f"- reward: {arguments}").steps
    assert isinstance(step, Reward)
    assert step.orders == 3


def test_one_order_is_what_is_not_said() -> None:
    """So that plans of earlier versions keep their names."""
    (plain,), (said,) = plan("- reward: 20%").steps, plan("- reward: {discount: 20%, orders: 1}").steps
    assert encode(plain) == encode(said)
    assert "orders" not in encode(plain)


def test_a_count_of_orders_is_bounded_and_goes_with_orders() -> None:
    """A gift is handed over once; nobody means a million orders."""
    assert codes("- reward: {gift: A mug, orders: 3}") == ["PC1103"]
    assert codes("- reward: {discount: 20%, orders: 0}") == ["PC1212"]
    assert codes("- reward: {discount: 20%, orders: 1001}") == ["PC1212"]


def test_what_is_worth_more_than_the_budget_can_never_be_given() -> None:
    """Each order takes its amount."""
    head = "campaign: cups\nbudget: {amount: 25}\n"
    assert codes("- reward: 10 USD", head=head) == []
    assert codes("- reward: {discount: 10 USD, orders: 3}", head=head) == ["PC1708"]


def test_what_is_no_share_has_no_bound() -> None:
    """An amount is what it is."""
    assert codes("- reward: {discount: 10 USD, at_most: 5}") == ["PC1103"]
    assert codes("- reward: {gift: A mug, at_most: 5}") == ["PC1103"]

"""`reward` in the language: what is given, and how much a share takes off at the most."""

import pytest

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


def test_what_is_no_share_has_no_bound() -> None:
    """An amount is what it is."""
    assert codes("- reward: {discount: 10 USD, at_most: 5}") == ["PC1103"]
    assert codes("- reward: {gift: A mug, at_most: 5}") == ["PC1103"]

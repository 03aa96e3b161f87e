"""What a reward takes off; how codes are used up is tested where tills meet, in the API."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from punchcard.domain.redeeming import discount
from punchcard.plan.model import Terms

AMOUNTS = st.integers(min_value=0, max_value=10**15)


@given(AMOUNTS, st.integers(min_value=0, max_value=10_000))
def test_a_share_is_rounded_half_up_and_never_more_than_the_price(amount: int, share: int) -> None:
    """Exactly as decimal arithmetic has it."""
    exact = (Decimal(amount) * share / 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert discount(Terms("share", share), amount) == exact
    assert 0 <= discount(Terms("share", share), amount) <= amount


@given(AMOUNTS, AMOUNTS)
def test_an_amount_is_taken_off_up_to_the_price(amount: int, value: int) -> None:
    """There is nothing to pay out."""
    assert discount(Terms("amount", value), amount) == min(amount, value)


@given(AMOUNTS, st.integers(min_value=0, max_value=10_000), AMOUNTS)
def test_a_bounded_share_is_the_share_up_to_its_bound(amount: int, share: int, most: int) -> None:
    """A free coffee is not a free machine."""
    free = discount(Terms("share", share), amount)
    assert discount(Terms("share", share, most=most), amount) == min(free, most)

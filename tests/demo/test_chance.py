"""Chance falls the same way every time, and as often as its shares say."""

from collections import Counter

from punchcard.demo.chance import between, draw, happens, pick, pick_weighted


def test_the_same_things_have_the_same_chance() -> None:
    """Also in another process: nothing but the words counts."""
    assert draw("order", 1) == draw("order", 1)
    assert draw("order", 1) != draw("order", 2)
    assert round(draw("order", 1), 6) == 0.524406


def test_draws_are_evenly_spread() -> None:
    """Every tenth of the range has about a tenth of the draws."""
    tenths = Counter(int(draw("spread", number) * 10) for number in range(10_000))
    assert set(tenths) == set(range(10))
    assert all(850 < count < 1150 for count in tenths.values())


def test_shares_and_weights_are_kept() -> None:
    """Something of 20% happens in about a fifth of cases."""
    assert 1850 < sum(happens(0.2, "share", number) for number in range(10_000)) < 2150
    picked = Counter(pick_weighted({"a": 3.0, "b": 1.0}, "weight", number) for number in range(10_000))
    assert 7300 < picked["a"] < 7700


def test_what_is_drawn_lies_in_its_range() -> None:
    """Numbers between their limits, items among those given."""
    assert all(2 <= between(2, 5, number) < 5 for number in range(100))
    assert {pick("abc", number) for number in range(100)} == set("abc")

"""Looks at an experiment: Fisher's test, the error that each look may spend, and what many experiments come to."""

from __future__ import annotations

import math
import random
from itertools import accumulate

import pytest

from punchcard.plan.sequential import Count, chance_of, error_of, least_customers, look


def _enumerated(one: Count, other: Count) -> float:
    """The same chance by counting ways."""
    everybody, successes = one.counted + other.counted, one.succeeded + other.succeeded
    ways = sum(
        math.comb(successes, hits) * math.comb(everybody - successes, one.counted - hits)
        for hits in range(one.succeeded, min(one.counted, successes) + 1)
    )
    return ways / math.comb(everybody, one.counted)


def test_a_chance_is_that_of_the_exact_test() -> None:
    """Fisher's tea: all four cups right is one way in 70; and of larger figures the ways are counted."""
    assert chance_of(Count(4, 4), Count(4, 0)) == pytest.approx(1 / 70)
    assert chance_of(Count(4, 3), Count(4, 1)) == pytest.approx(17 / 70)
    for one, other in [
        (Count(50, 30), Count(60, 20)),
        (Count(1000, 130), Count(1000, 100)),
        (Count(900, 9), Count(100, 0)),
    ]:
        assert chance_of(one, other) == pytest.approx(_enumerated(one, other), rel=1e-9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Count(10, 0), Count(10, 0)),
        (Count(10, 10), Count(10, 10)),
        (Count(10, 3), Count(10, 5)),
        (Count(100, 5), Count(10, 1)),
    ],
)
def test_who_is_not_ahead_is_there_by_chance(one: Count, other: Count) -> None:
    """Nobody is better for doing as well, or worse."""
    assert chance_of(one, other) == 1


def test_a_chance_is_known_of_many_customers() -> None:
    """Of a million customers in each variant it takes no longer, and is as small as it is."""
    assert 0 < chance_of(Count(1_000_000, 101_500), Count(1_000_000, 100_000)) < 1e-3
    assert chance_of(Count(1_000_000, 200_000), Count(1_000_000, 100_000)) < 1e-100


def test_all_looks_together_err_as_seldom_as_they_may() -> None:
    """The first look has half of the error, each further one half of what is left."""
    spent = list(accumulate(2 * error_of(number, 9_500, 2) for number in range(1, 30)))
    assert spent[:3] == pytest.approx([0.025, 0.0375, 0.04375])
    assert spent[-1] < 0.05


def test_the_winner_beats_each_other_variant() -> None:
    """Being better than the worst is not enough, and the first of equals is no winner."""
    clear = {"a": Count(500, 50), "b": Count(500, 100), "c": Count(500, 52)}
    assert look(clear, 1, 9_500).winner == "b"
    close = {"a": Count(500, 95), "b": Count(500, 100), "c": Count(500, 20)}
    found = look(close, 1, 9_500)
    assert (found.best, found.winner) == ("b", None)
    assert look({"a": Count(9, 3), "b": Count(9, 3)}, 1, 9_500).best == "a"


def test_shares_need_not_be_equal() -> None:
    """It is the rates that are compared."""
    assert look({"a": Count(9_000, 900), "b": Count(1_000, 160)}, 1, 9_500).winner == "b"


@pytest.mark.parametrize("variants", [2, 3, 5])
@pytest.mark.parametrize("sure", [5_000, 9_500, 9_999])
def test_with_fewer_customers_no_first_look_could_be_sure(sure: int, variants: int) -> None:
    """The least number finds a winner where the difference could not be larger; one less does not."""
    least = least_customers(sure, variants)

    def clearest(number: int) -> str | None:
        counts = {str(name): Count(number, 0) for name in range(variants)} | {"0": Count(number, number)}
        return look(counts, 1, sure).winner

    assert clearest(least) == "0"
    assert least == 1 or clearest(least - 1) is None


def _successes(chance: random.Random, customers: int, of_256: int) -> int:
    """How many of these customers succeed, each with the same chance: all numbers below it, bit by bit at once."""
    below, level = 0, (1 << customers) - 1
    for bit in range(7, -1, -1):
        drawn = chance.getrandbits(customers)
        if of_256 >> bit & 1:
            below, level = below | level & ~drawn, level & drawn
        else:
            level &= ~drawn
    return below.bit_count()


def _kept(chance: random.Random, rates: dict[str, int], after: int, looks: int, sure: int) -> str | None:
    """The variant that one experiment keeps, of customers who succeed by these rates in 256; None after all looks."""
    counted, succeeded = 0, dict.fromkeys(rates, 0)
    for number in range(1, looks + 1):
        more, counted = (after if number == 1 else counted), after * 2 ** (number - 1)
        for name, rate in rates.items():
            succeeded[name] += _successes(chance, more, rate)
        counts = {name: Count(counted, succeeded[name]) for name in rates}
        winner = look(counts, number, sure).winner
        if winner is not None:
            return winner
    return None


@pytest.mark.parametrize("rates", [{"a": 64, "b": 64}, {"a": 64, "b": 64, "c": 64}])
def test_variants_that_do_equally_well_are_seldom_told_apart(rates: dict[str, int]) -> None:
    """Of 1,000 experiments with six looks at least 80% sure, fewer than 200 keep one; of each, with a fixed seed."""
    chance = random.Random(20)
    kept = [_kept(chance, rates, after=200, looks=6, sure=8_000) for _ in range(1_000)]
    assert 0 < sum(winner is not None for winner in kept) < 200


def test_what_does_better_is_found() -> None:
    """Of 200 experiments with 25 and 34 successes in 256 customers, nearly all keep the better variant."""
    chance = random.Random(20)
    kept = [_kept(chance, {"a": 25, "b": 34}, after=1_000, looks=5, sure=9_500) for _ in range(200)]
    assert kept.count("b") > 190
    assert kept.count("a") <= 2

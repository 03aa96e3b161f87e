"""Which variant of an experiment does best, looked at again and again without deceiving oneself.

Each look spends half of the error that is left, so that all looks together, however many, are wrong in no more than
`1 - sure` of all experiments: spending error over looks is due to Slud and Wei (Two-sample repeated significance tests
based on the modified Wilcoxon statistic, 1982) and Lan and DeMets (Discrete sequential boundaries for clinical trials,
1983); that the parts of the error add up (Bonferroni) holds whatever the looks have in common. At a look the variant
that succeeds most often is compared with each other one by Fisher's exact test (The logic of inductive inference,
1935), which needs no large numbers; it has to beat each at the look's error divided by the number of variants, since
each variant might be the one that is wrongly kept.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

WHOLE = 10_000
NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class Count:
    """Of so many customers so many have succeeded."""

    counted: int
    succeeded: int

    @property
    def rate(self) -> float:
        """The share that has succeeded; 0 of nobody."""
        return self.succeeded / self.counted if self.counted else 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """What a look has found: the `best` variant, how likely chance alone would show as much, and how likely it may.

    `winner` is None where chance might have done it.
    """

    best: str
    chance: float
    error: float

    @property
    def winner(self) -> str | None:
        """The variant that is better than all others, as far as this look can be sure."""
        return self.best if self.chance <= self.error else None


def error_of(number: int, sure: int, variants: int) -> float:
    """Return what look `number` (from 1) may err by in one comparison, being `sure` in so many of 10,000 cases."""
    return (WHOLE - sure) / (WHOLE * variants << number)


def look(counts: Mapping[str, Count], number: int, sure: int) -> Look:
    """Look for the `number`th time at the variants of an experiment, each with customers that were counted.

    Of variants that do equally well the first is called best; chance explains that.
    """
    best = max(counts, key=lambda name: Fraction(counts[name].succeeded, counts[name].counted))
    chance = max(chance_of(counts[best], other) for name, other in counts.items() if name != best)
    return Look(best, chance, error_of(number, sure, len(counts)))


def chance_of(one: Count, other: Count) -> float:
    """Return how likely at least as many of the successes fall on `one` if it is no better than the other.

    Fisher's exact test, one-sided: the upper tail of the hypergeometric distribution.
    """
    everybody, successes = one.counted + other.counted, one.succeeded + other.succeeded
    if one.succeeded * everybody <= one.counted * successes:
        return 1.0
    drawn, most = one.counted, min(one.counted, successes)
    term = math.exp(
        _choose(successes, one.succeeded)
        + _choose(everybody - successes, drawn - one.succeeded)
        - _choose(everybody, drawn)
    )
    total, first = 0.0, term
    for hits in range(one.succeeded, most + 1):
        total += term
        if term <= first * NEGLIGIBLE:
            break
        term *= (successes - hits) * (drawn - hits)
        term /= (hits + 1) * (everybody - successes - drawn + hits + 1)
    return min(total, 1.0)


def least_customers(sure: int, variants: int) -> int:
    """Return how many customers in each variant the first look needs to be sure at all.

    With as many in two variants, where all succeed in one and nobody in the other, chance is 1 in `2n over n`.
    """
    error = error_of(1, sure, variants)
    number = 1
    while 1 / math.comb(2 * number, number) > error:
        number += 1
    return number


def _choose(of: int, some: int) -> float:
    """The logarithm of the number of ways to choose."""
    return math.lgamma(of + 1) - math.lgamma(some + 1) - math.lgamma(of - some + 1)

"""`split` in the machine, and how customers fall on variants."""

from collections import Counter

from punchcard.plan.bucket import variant
from punchcard.plan.events import Started
from punchcard.plan.program import program
from tests.plan.samples import T0, Walk, plan, send, split


def test_each_customer_gets_one_variant_and_keeps_it() -> None:
    """It is a function of campaign, experiment and customer."""
    seen = {}
    for customer in range(40):
        begun = Walk(program(plan(split(plain=[send("plain")], warm=[send("warm")]))))
        begun.take(Started(at=T0, names={"occasion": {"customer": customer}}))
        seen[customer] = begun.place[0][0]
        expected = variant("test", "test", {"plain": 5_000, "warm": 5_000}, customer)
        assert seen[customer] == f"1.{expected}.1"
    assert set(seen.values()) == {"1.plain.1", "1.warm.1"}


def test_shares_are_kept_over_many_customers() -> None:
    """Of 10,000 customers each variant gets its share, give or take a point."""
    shares = {"small": 1_000, "middle": 3_000, "large": 6_000}
    found = Counter(variant("cups", "tone", shares, customer) for customer in range(10_000))
    assert all(abs(found[name] - share) < 100 for name, share in shares.items())


def test_growing_one_share_moves_only_whom_it_must() -> None:
    """Who had the first variant at 30% has it at 60%."""
    before = [variant("cups", "tone", {"a": 3_000, "b": 7_000}, customer) for customer in range(1_000)]
    after = [variant("cups", "tone", {"a": 6_000, "b": 4_000}, customer) for customer in range(1_000)]
    assert all(later == "a" for earlier, later in zip(before, after, strict=True) if earlier == "a")


def test_experiments_divide_independently() -> None:
    """Knowing one variant tells nothing about another experiment's."""
    shares = {"a": 5_000, "b": 5_000}
    pairs = Counter(
        (variant("cups", "one", shares, customer), variant("cups", "two", shares, customer))
        for customer in range(4_000)
    )
    assert all(abs(count - 1_000) < 150 for count in pairs.values())

"""`split` in the machine, and how customers fall on variants."""

from collections import Counter
from dataclasses import replace

from punchcard.plan.bucket import variant
from punchcard.plan.events import Started
from punchcard.plan.experiments import marked
from punchcard.plan.facts import TakeVariant
from punchcard.plan.model import Split, Step, Variant
from punchcard.plan.program import program
from tests.plan.samples import T0, Walk, experiment, plan, send, split, walk


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


def test_an_experiment_asks_which_way_is_to_be_taken() -> None:
    """With the lot that the customer has drawn; the answer leads the way, and the journal is the database's."""
    step = experiment(plain=[send("plain")], warm=[send("warm")])
    begun = walk(step, answers={"1#1": {"way": "warm"}})
    fact = begun.facts[0]
    assert isinstance(fact, TakeVariant)
    assert (fact.lot, fact.variants) == (variant("test", "test", step.shares, 0), ("plain", "warm"))
    assert begun.place == [("1.warm.1", "performing")]
    assert "assigned" not in begun.whats


def test_another_content_is_another_experiment() -> None:
    """Shares, steps, what is measured and how much is enough; not its place, nor remarks."""
    step = experiment(plain=[send("plain")], warm=[send("warm")])
    first = plan(step).steps[0]
    assert isinstance(first, Split)
    moved = plan(send(), replace(step, note="which words")).steps[1]
    assert _mark(first) == _mark(moved)
    assert step.keep_best is not None
    others = [
        experiment(plain=[send("plain")], warm=[send("hot")]),
        experiment(plain=[send("plain")], hot=[send("warm")]),
        experiment("customer.ordered", plain=[send("plain")], warm=[send("warm")]),
        experiment(after=200, plain=[send("plain")], warm=[send("warm")]),
        replace(step, keep_best=replace(step.keep_best, sure=9_000)),
        replace(step, keep_best=replace(step.keep_best, within=1)),
        replace(step, branches=tuple(Variant(one.name, 5_000 + 1, one.steps) for one in step.branches)),
    ]
    assert len({_mark(first), *(_mark(each) for each in others)}) == 1 + len(others)


def _mark(step: Step) -> str:
    assert isinstance(step, Split)
    found = marked(step).keep_best
    assert found is not None
    return found.mark

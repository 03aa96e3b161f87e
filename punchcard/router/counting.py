"""One epoch of a campaign, made ready to be matched with events. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.plan.epochs import end
from punchcard.plan.model import Plan, Split, walk
from punchcard.plan.program import reads, told_facts
from punchcard.plan.triggers import ItemsTrigger, OrderTrigger, SpendTrigger


@dataclass(frozen=True, slots=True)
class Counting:
    """One epoch of a campaign: its plan, and the half-open span of time whose orders count.

    One that has `carried` what was saved up before it does not count history again: that lies in what it carried.
    `reads` are the fields that the plan's conditions read, `facts` those of its order that it waits for or reads;
    `splits` says whether it divides customers by shares.
    """

    campaign: str
    version: str
    epoch: int
    counts_from: int
    plan: Plan
    until: int | None
    carried: bool
    reads: frozenset[str]
    facts: frozenset[str]
    splits: bool


def counting(
    campaign: str,
    version: str,
    epoch: int,
    counts_from: int,
    plan: Plan,
    *,
    until: int | None = None,
    carried: bool = False,
) -> Counting:
    """Make an epoch of a campaign ready to be matched with events; it ends with the campaign or at `until`."""
    ends = end(plan)
    bounds = [bound for bound in (ends, until) if bound is not None]
    splits = any(isinstance(step, Split) for step in walk(plan.steps))
    until = min(bounds, default=None)
    return Counting(
        campaign, version, epoch, counts_from, plan, until, carried, reads(plan), told_facts(plan), splits
    )


def carried_over(old: Plan, new: Plan, measure: int) -> int:
    """Return what of a sum goes on to count: what lies above the last crossing, and at most what lies just
    below the new rule's first, so that publishing by itself rewards nobody and the next order does.
    """
    last, first = _threshold(old), _threshold(new)
    repeats = not old.once and (not isinstance(old.trigger, SpendTrigger) or old.trigger.every is not None)
    rest = measure % last if repeats or measure < last else measure - last
    return min(rest, first - 1)


def _threshold(plan: Plan) -> int:
    match plan.trigger:
        case SpendTrigger(every=int(amount)) | SpendTrigger(reaches=int(amount)):
            return amount
        case OrderTrigger(every=int(number)) | ItemsTrigger(every=number):
            return number
    raise AssertionError("only what counts up to a threshold is carried over")

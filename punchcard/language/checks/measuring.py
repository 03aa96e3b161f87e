"""What an experiment is measured by: something that can be counted, that each variant can bring about, and in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from punchcard.language import keys
from punchcard.language.checks.dates import arrivals
from punchcard.language.checks.subject import Subject
from punchcard.language.experiments import BY, WITHIN
from punchcard.language.labels import SNAKE
from punchcard.language.nearest import listed, nearest
from punchcard.plan.calendar import DAY
from punchcard.plan.model import Ask, KeepBest, Reward, Split, walk

# What becomes of a thing that a step makes, as it can be counted.
HAPPENINGS = {Reward: "redeemed", Ask: "answered"}


def what_is_measured_can_happen(subject: Subject) -> None:
    """A success is an event that the database can count, and each variant can bring it about."""
    for step, keep_best in _experiments(subject):
        if _is_countable(subject, step, keep_best):
            _each_variant_can(subject, step, keep_best)


def what_is_measured_is_known_in_time(subject: Subject) -> None:
    """Somebody is counted before the campaign ends, or nobody is left to take the best variant."""
    starts, ends = subject.fields.get(keys.STARTS), subject.fields.get(keys.ENDS)
    if not (starts and ends) or ends < starts:
        return
    days = (date.fromisoformat(ends) - date.fromisoformat(starts)).days + 1
    for step, at in arrivals(subject.steps, 0):
        if isinstance(step, Split) and step.keep_best and at + step.keep_best.within > days * DAY:
            subject.warn(
                "PC1716",
                subject.context.measures[step.path].span_of(WITHIN),
                f"the first customer is counted on day {(at + step.keep_best.within) // DAY + 1}, "
                f"and the campaign has {days}",
                "a shorter `within`, or a later `ends`",
            )


def _experiments(subject: Subject) -> Iterator[tuple[Split, KeepBest]]:
    for step in walk(subject.steps):
        if isinstance(step, Split) and step.keep_best is not None:
            yield step, step.keep_best


def _is_countable(subject: Subject, step: Split, keep_best: KeepBest) -> bool:
    """Whether what is measured is among what can be counted; says why not."""
    owner, _, what = keep_best.by.partition(".")
    events = subject.context.events
    declared = [f"customer.{each}" for each in events]
    if owner == "customer" and (
        what == "ordered" or what in events or (not events and SNAKE.fullmatch(what))
    ):
        return True
    made = [f"{each.name}.{HAPPENINGS[type(each)]}" for each in _makers(subject)]
    if keep_best.by in made:
        return True
    known = list(dict.fromkeys([*made, "customer.ordered", *declared]))
    subject.warn(
        "PC1327",
        subject.context.measures[step.path].span_of(BY),
        f"`{keep_best.by}` cannot be counted",
        listed(known if events else [*known, "customer.<the name of an event>"]),
        nearest(keep_best.by, known),
    )
    return False


def _each_variant_can(subject: Subject, step: Split, keep_best: KeepBest) -> None:
    """What only some variants make possible says nothing of how well they do."""
    owner, _, what = keep_best.by.partition(".")
    if owner == "customer":
        return
    inside = f"{step.path}."
    makers = [each for each in _makers(subject) if (each.name, HAPPENINGS[type(each)]) == (owner, what)]
    if any(not each.path.startswith(inside) for each in makers):
        return
    able = [branch.name for branch in step.branches if any(each in makers for each in walk(branch.steps))]
    if len(able) < len(step.branches):
        subject.warn(
            "PC1328",
            subject.context.measures[step.path].span_of(BY),
            f"only {listed((f'`{name}`' for name in able), 'and')} can bring `{keep_best.by}` about",
            f"`{owner}` in each variant or before the split, or something else to measure, "
            "such as customer.ordered",
        )


def _makers(subject: Subject) -> Iterator[Reward | Ask]:
    for each in walk(subject.steps):
        if isinstance(each, Reward | Ask):
            yield each

"""A plan made ready to walk: each step by its path, and what comes after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from punchcard.plan.codec import read_plan
from punchcard.plan.conditions import Expression, names
from punchcard.plan.model import Choose, If, Plan, Step, Wait, blocks, walk


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a plan by path; `after` is the path that follows a step once it is done, None at the end."""

    plan: Plan
    first: str | None
    steps: Mapping[str, Step]
    after: Mapping[str, str | None]


def program(plan: Plan) -> Program:
    """Index a plan."""
    steps: dict[str, Step] = {}
    after: dict[str, str | None] = {}
    _index(plan.steps, None, steps, after)
    return Program(
        plan=plan,
        first=plan.steps[0].path if plan.steps else None,
        steps=MappingProxyType(steps),
        after=MappingProxyType(after),
    )


def _index(
    block: tuple[Step, ...], leave: str | None, steps: dict[str, Step], after: dict[str, str | None]
) -> None:
    for step, following in zip(block, (*block[1:], None), strict=False):
        steps[step.path] = step
        after[step.path] = following.path if following else leave
        for _, inner in blocks(step):
            _index(inner, after[step.path], steps, after)


_PINNED: dict[str, Program] = {}


def pinned(hash: str, text: str) -> Program:
    """Return the program of a plan's canonical JSON, read once in a process for each hash."""
    found = _PINNED.get(hash)
    if found is None:
        found = _PINNED[hash] = program(read_plan(text))
    return found


def reads(plan: Plan) -> frozenset[str]:
    """Return the fields that some condition or choice of the plan reads, such as `event.rating`."""
    return frozenset(
        field.key
        for step in walk(plan.steps)
        for expression in expressions(step)
        for field in names(expression)
    )


def expressions(step: Step) -> tuple[Expression, ...]:
    """Return what a step decides by."""
    match step:
        case If(condition=condition):
            return (condition,)
        case Choose(value=value):
            return (value,)
        case _:
            return ()


def listens(plan: Plan) -> frozenset[str]:
    """Return the names of the events that some wait of the plan waits for, or that end its instances."""
    ends = () if plan.stop_when is None else plan.stop_when.events
    waits = (step.events for step in walk(plan.steps) if isinstance(step, Wait))
    return frozenset(name for events in (ends, *waits) for name in events)

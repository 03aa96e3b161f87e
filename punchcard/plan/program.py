"""A plan made ready to walk: each step by its path, and what comes after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from punchcard.plan.codec import read_plan
from punchcard.plan.conditions import Expression, Segment, names, segments
from punchcard.plan.model import (
    Approve,
    Ask,
    Call,
    Choose,
    If,
    Plan,
    Repeat,
    Start,
    Step,
    Task,
    Together,
    Update,
    Wait,
    blocks,
    pieces,
    walk,
)
from punchcard.plan.order_facts import ORDER_FACTS

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a plan by path.

    `after` is the path that follows a step once it is done. Where that is None, a way ends: it comes back to the
    `home` around it, the step that goes several ways, repeats or is taken back, or the plan is done if there is none.
    """

    plan: Plan
    first: str | None
    steps: Mapping[str, Step]
    after: Mapping[str, str | None]
    home: Mapping[str, str | None]


def program(plan: Plan) -> Program:
    """Index a plan."""
    index = _Index({}, {}, {})
    index.add(plan.steps, None, None)
    return Program(
        plan=plan,
        first=plan.steps[0].path if plan.steps else None,
        steps=MappingProxyType(index.steps),
        after=MappingProxyType(index.after),
        home=MappingProxyType(index.home),
    )


@dataclass(frozen=True, slots=True)
class _Index:
    steps: dict[str, Step]
    after: dict[str, str | None]
    home: dict[str, str | None]

    def add(self, block: tuple[Step, ...], leave: str | None, home: str | None) -> None:
        """Take in a block, behind which comes the step at `leave`, else `home`."""
        for step, following in zip(block, (*block[1:], None), strict=False):
            self.steps[step.path] = step
            self.after[step.path] = following.path if following else leave
            self.home[step.path] = home
            for name, inner in blocks(step):
                if isinstance(step, Together | Repeat) or name == UNDO:
                    self.add(inner, None, step.path)
                else:
                    self.add(inner, self.after[step.path], home)


_PINNED: dict[str, Program] = {}


def pinned(hash: str, text: str) -> Program:
    """Return the program of a plan's canonical JSON, read once in a process for each hash."""
    found = _PINNED.get(hash)
    if found is None:
        found = _PINNED[hash] = program(read_plan(text))
    return found


def reads(plan: Plan) -> frozenset[str]:
    """Return the fields that some decision, update, start or call of the plan reads, such as `event.rating`."""
    return frozenset(
        field.key
        for step in walk(plan.steps)
        for expression in expressions(step)
        for field in names(expression)
    )


def expressions(step: Step) -> tuple[Expression, ...]:
    """Return what a step decides by, or hands on."""
    match step:
        case If(condition=condition):
            return (condition,)
        case Choose(value=value):
            return (value,)
        case Repeat(until=until) if until is not None:
            return (until,)
        case Update(fields=fields):
            return tuple(each.value for each in fields)
        case Start(inputs=inputs):
            return tuple(each.value for each in inputs)
        case Call(url=url, body=body):
            return tuple(piece.value for piece in (*url, *pieces(body)))
        case _:
            return ()


def awaited(step: Step) -> tuple[str, ...]:
    """Return the names of the events that end a wait at a step, besides its limit."""
    match step:
        case Wait(events=events):
            return events
        case Ask(name=name):
            return (f"{name}.answered",)
        case Start(name=str(name)):
            return (f"{name}.ended",)
        case Task(name=name):
            return (f"{name}.done",)
        case Approve(name=name):
            return (f"{name}.decided",)
        case _:
            return ()


def segments_of(plan: Plan) -> tuple[Segment, ...]:
    """Return the segments that a plan asks for anywhere, as they were frozen in it, each after those that it names."""
    asked = [
        *(() if plan.audience is None else (plan.audience.where,)),
        *(each for each in (getattr(plan.trigger, name, None) for name in ("segment", "where")) if each),
        *(() if plan.stop_when is None or plan.stop_when.condition is None else (plan.stop_when.condition,)),
        *(each for step in walk(plan.steps) for each in expressions(step)),
    ]
    return tuple(dict.fromkeys(each for expression in asked for each in segments(expression)))


def listens(plan: Plan) -> frozenset[str]:
    """Return the names of the events that an instance is to hear of.

    Some wait waits for them, they end it, or they are facts of its order that something reads.
    """
    ends = () if plan.stop_when is None else plan.stop_when.events
    waits = (step.events for step in walk(plan.steps) if isinstance(step, Wait))
    heard = frozenset(name for events in (ends, *waits) for name in events)
    return heard | (reads(plan) & frozenset(ORDER_FACTS))


def told_facts(plan: Plan) -> frozenset[str]:
    """Return the facts of its order that an instance is told of, when it starts and when they come to hold."""
    return listens(plan) & frozenset(ORDER_FACTS)

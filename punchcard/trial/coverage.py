"""Which steps of a campaign, and which of their ways, some case has taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from punchcard.language.nodes import Span
from punchcard.plan.conditions import Apply, Const, Expression, Field, Value
from punchcard.plan.model import (
    AnswerShape,
    Ask,
    Choice,
    Choose,
    Plan,
    Repeat,
    Scale,
    Start,
    Step,
    Wait,
    blocks,
    verb,
    walk,
)
from punchcard.plan.picking import pick
from punchcard.plan.state import State

ON_ERROR, UNDO = "on_error", "undo"


@dataclass(frozen=True, slots=True)
class Part:
    """A step, or with `way` one of the ways that go on from it; `line` is the step's in the campaign's file."""

    path: str
    verb: str
    way: str | None
    line: int

    @property
    def words(self) -> str:
        """How people call it."""
        return f"line {self.line}: `{self.verb}`" + ("" if self.way is None else f", the way `{self.way}`")


@dataclass(frozen=True, slots=True)
class Coverage:
    """All parts of a campaign, and those that no case has taken."""

    parts: tuple[Part, ...]
    missed: tuple[Part, ...]

    @property
    def share(self) -> float:
        """How much of it was taken, from 0 to 1."""
        return 1 - len(self.missed) / len(self.parts) if self.parts else 1.0

    def count(self, *, ways: bool) -> tuple[int, int]:
        """Return how many steps, or ways, were taken, and how many there are."""
        every = sum((part.way is not None) == ways for part in self.parts)
        return every - sum((part.way is not None) == ways for part in self.missed), every


def coverage(plan: Plan, places: Mapping[str, Span], states: Iterable[State]) -> Coverage:
    """Return what instances in these states have taken of a plan."""
    taken: set[tuple[str, str | None]] = set()
    for state in states:
        for step in walk(plan.steps):
            taken |= {(step.path, way) for way in _taken(step, plan, state)}
    parts = tuple(_parts(plan, places))
    return Coverage(parts, tuple(part for part in parts if (part.path, part.way) not in taken))


def _parts(plan: Plan, places: Mapping[str, Span]) -> Iterator[Part]:
    for step in walk(plan.steps):
        span = places.get(step.path)
        line = span.source.place(span.start)[0] if span is not None else 0
        yield Part(step.path, verb(step), None, line)
        inner, past = _ways(step, plan)
        for way in (*inner, *([past] if past else [])):
            yield Part(step.path, verb(step), way, line)


def _ways(step: Step, plan: Plan) -> tuple[dict[str, str], str | None]:
    """Return the ways with steps of their own, each with the path of its first, and those that lead past them.

    What cannot be is no way: where every event, or every answer, has a branch.

    Where no way has steps of its own, all ways are the same.
    """
    known = dict(blocks(step))
    if isinstance(step, Wait) and {branch.name for branch in step.branches} == set(step.events):
        known.pop("then", None)
    if isinstance(step, Choose) and (_takes_every_answer(step, plan) or _takes_all_that_start(step, plan)):
        known.pop("otherwise", None)
    if isinstance(step, Start) and step.name is not None:
        known.pop(ON_ERROR, None)  # one that waits goes on in `otherwise` if it cannot start
    if not known.get(UNDO):
        known.pop(UNDO, None)
    inner = {name: steps[0].path for name, steps in known.items() if steps}
    past = [name for name, steps in known.items() if not steps]
    if ON_ERROR in inner:
        past.append("it succeeds")
    return inner, " or ".join(past) if inner and past else None


def _takes_every_answer(step: Choose, plan: Plan) -> bool:
    """Whether each answer that the question takes, or each round of the loop, has a branch."""
    shape = _shape(step, plan)
    match shape:
        case Scale(low=low, high=high):
            return all(
                any(
                    case.low is not None and case.low <= n <= (case.high or case.low)
                    for case in step.branches
                )
                for n in range(low, high + 1)
            )
        case Choice(options=options):
            return set(options) <= {case.name for case in step.branches}
        case _:
            return False


def _takes_all_that_start(step: Choose, plan: Plan) -> bool:
    """Whether each value with which the trigger's `where` lets an instance start has a branch."""
    where = getattr(plan.trigger, "where", None)
    if where is None or not isinstance(step.value, Field) or step.otherwise:
        return False
    starting = _let_pass(where, step.value)
    return starting is not None and all(
        pick(step.value, step.branches, {step.value.key: each}).way is not None for each in starting
    )


def _let_pass(where: Expression, field: Field) -> frozenset[Value] | None:
    """Return the values that a field can have where a condition is met; None if they are not all named."""
    match where:
        case Apply(operator="==", operands=(Field() as one, Const(value=value))) if one == field:
            return frozenset([value])
        case Apply(operator="==", operands=(Const(value=value), Field() as one)) if one == field:
            return frozenset([value])
        case Apply(operator="in", operands=(Field() as one, Const(value=tuple(values)))) if one == field:
            return frozenset(values)
        case Apply(operator="and", operands=operands):
            known = [each for operand in operands if (each := _let_pass(operand, field)) is not None]
            return frozenset.intersection(*known) if known else None
        case Apply(operator="or", operands=operands):
            sides = [_let_pass(operand, field) for operand in operands]
            return None if None in sides else frozenset[Value]().union(*(each for each in sides if each))
    return None


def _shape(step: Choose, plan: Plan) -> AnswerShape | None:
    """What the choice goes by, if that is an answer or the number of a round."""
    path = step.value.path if isinstance(step.value, Field) else ()
    for each in walk(plan.steps):
        match each:
            case Ask(name=name, answer=shape) if path == (name, "answer"):
                return shape
            case Repeat(times=int(times)) if path == ("round", "number"):
                if step.path.startswith(f"{each.path}."):
                    return Scale(1, times)
    return None


def _taken(step: Step, plan: Plan, state: State) -> Iterator[str | None]:
    visits = state.visits.get(step.path, 0)
    if not visits:
        return
    yield None
    inner, past = _ways(step, plan)
    entered = {name: state.visits.get(path, 0) for name, path in inner.items()}
    ways = sum(count for name, count in entered.items() if name != UNDO)
    yield from (name for name, count in entered.items() if count)
    resting = sum(token.path == step.path for token in state.tokens)
    if past and visits - resting > ways:
        yield past

"""The conditions of the ways that lead out of a gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from punchcard.picture.graph import APPROVED, OTHERWISE, ROUND, THEN
from punchcard.plan.conditions import segments
from punchcard.plan.model import Approve, Choose, If, Repeat, Split, Step


def _if(step: If, name: str) -> str | None:
    return step.source if name == THEN else None


def _choose(step: Choose, name: str) -> str | None:
    if name == OTHERWISE:
        return None
    case = next(each for each in step.branches if each.name == name)
    segment = next((each for each in segments(step.value) if each.name == name), None)
    if segment is not None:
        return segment.key
    if case.low is None:
        return f'{step.source} == "{name}"'
    return f"{step.source} >= {case.low}" if name.endswith("..") else f"{step.source} in {name}"


def _split(step: Split, name: str) -> str | None:
    return f'{step.experiment} == "{name}"'


def _approve(step: Approve, name: str) -> str | None:
    return f"{step.name}.approved" if name == APPROVED else None


def _repeat(step: Repeat, name: str) -> str | None:
    if name != ROUND:
        return None
    more = f"round.number < {step.times}"
    return more if step.until is None else f"{more} and not ({step.source})"


CONDITIONS: Mapping[type, Callable[[Any, str], str | None]] = MappingProxyType(
    {If: _if, Choose: _choose, Split: _split, Approve: _approve, Repeat: _repeat}
)


def condition(step: Step, name: str) -> str | None:
    """Return the condition of a way by the name of its block; None for the way that is taken when no other is."""
    return CONDITIONS[type(step)](step, name)

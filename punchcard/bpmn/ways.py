"""The conditions of the ways that lead out of an exclusive gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from punchcard.picture.graph import APPROVED, OTHERWISE, THEN
from punchcard.plan.model import Approve, Choose, If, Split, Step


def _if(step: If, name: str) -> str | None:
    return step.source if name == THEN else None


def _choose(step: Choose, name: str) -> str | None:
    if name == OTHERWISE:
        return None
    case = next(each for each in step.branches if each.name == name)
    return f'{step.source} == "{name}"' if case.low is None else f"{step.source} in {name}"


def _split(step: Split, name: str) -> str | None:
    return f'{step.experiment} == "{name}"'


def _approve(step: Approve, name: str) -> str | None:
    return f"{step.name}.approved" if name == APPROVED else None


CONDITIONS: Mapping[type, Callable[[Any, str], str | None]] = MappingProxyType(
    {If: _if, Choose: _choose, Split: _split, Approve: _approve}
)


def condition(step: Step, name: str) -> str | None:
    """Return the condition of a way by the name of its block; None for the way that is taken when no other is."""
    return CONDITIONS[type(step)](step, name)

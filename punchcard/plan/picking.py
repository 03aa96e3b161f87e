"""Which way of a choice a value names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from punchcard.plan.conditions import Expression, Value, value_of
from punchcard.plan.model import Case


@dataclass(frozen=True, slots=True)
class Picked:
    """The name of the way, None where the value names none, and the values that decided it."""

    way: str | None
    operands: dict[str, Value]


def pick(value: Expression, cases: tuple[Case, ...], values: Mapping[str, Value]) -> Picked:
    """Find the first case that takes the value; `values` is keyed by `Field.key`, what is missing is absent."""
    found, operands = value_of(value, values)
    return Picked(next((case.name for case in cases if _takes(case, found)), None), operands)


def _takes(case: Case, value: Value) -> bool:
    match value:
        case bool() | None | tuple():
            return False
        case str():
            return value == case.name
        case int() | float():
            return case.low is not None and case.high is not None and case.low <= value <= case.high

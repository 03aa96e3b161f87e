"""Typed conditions and their evaluator: small, total, and each evaluation tells which values it saw.

The checker has made sure that types agree, so evaluation never fails: an operand that is absent
makes a comparison absent, and an absent condition is not met (LANGUAGE, principle 6).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

Value = bool | int | float | str | None | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Const:
    """A literal; money in minor units, instants and spans in milliseconds."""

    value: Value


@dataclass(frozen=True, slots=True)
class Field:
    """A declared name such as `coupon.redeemed`, or a question to the facts such as `customer.spent_within(…)`.

    `arguments` holds the literal arguments of such a question, for instance milliseconds. Facts about orders count
    those in `currency`, where that is another than the campaign's. A customer's own field has the `type` that the
    programme declares: a value that is of no such type is absent.
    """

    path: tuple[str, ...]
    arguments: tuple[Value, ...] = ()
    currency: str | None = None
    type: str | None = None

    @property
    def key(self) -> str:
        """The name under which the value is looked up and recorded."""
        name = ".".join(self.path)
        inside = (*self.arguments, *(() if self.currency is None else (self.currency,)))
        return f"{name}({','.join(map(str, inside))})" if inside else name


@dataclass(frozen=True, slots=True)
class Apply:
    """An operator over expressions."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Whether the customer is in a segment of the programme, by the rule that it had when this was published.

    A rule that cannot be decided, since something it names is absent, is not met: membership is always known.
    `currency` is that of the rule's amounts, where it is another than the campaign's.
    """

    name: str
    rule: Expression
    source: str
    title: str | None = None
    currency: str | None = None

    @property
    def key(self) -> str:
        """The name under which the membership is recorded, as conditions write it."""
        return f'customer.in_segment("{self.name}")'


Expression = Const | Field | Apply | Segment


@dataclass(slots=True)
class Verdict:
    """Whether a condition is met, and each named value that decided it (None where it was absent)."""

    met: bool
    operands: dict[str, Value] = field(default_factory=dict)


def names(expression: Expression) -> tuple[Field, ...]:
    """Return the fields that an expression reads, in order, without repetition."""
    match expression:
        case Const():
            return ()
        case Field():
            return (expression,)
        case Apply(operands=operands):
            return tuple(dict.fromkeys(name for operand in operands for name in names(operand)))
        case Segment(rule=rule):
            return names(rule)


def segments(expression: Expression) -> tuple[Segment, ...]:
    """Return the segments that an expression asks about, in order, without repetition; each after those it names."""
    match expression:
        case Apply(operands=operands):
            return tuple(dict.fromkeys(each for operand in operands for each in segments(operand)))
        case Segment(rule=rule):
            return (*segments(rule), expression)
        case _:
            return ()


def bare(expression: Expression) -> Expression:
    """Return the expression without what is only there for people: what its segments are called, and their texts."""
    match expression:
        case Segment(rule=rule):
            return replace(expression, rule=bare(rule), source="", title=None)
        case Apply(operands=operands):
            return replace(expression, operands=tuple(map(bare, operands)))
        case _:
            return expression


def evaluate(expression: Expression, values: Mapping[str, Value]) -> Verdict:
    """Decide a condition over `values`, which is keyed by `Field.key`; what is missing there is absent."""
    seen: dict[str, Value] = {}
    result = _value(expression, values, seen)
    return Verdict(met=result is True, operands=seen)


def value_of(expression: Expression, values: Mapping[str, Value]) -> tuple[Value, dict[str, Value]]:
    """Return what an expression comes to, None if that is absent, and each named value that it was made of."""
    seen: dict[str, Value] = {}
    return _value(expression, values, seen), seen


def _value(expression: Expression, values: Mapping[str, Value], seen: dict[str, Value]) -> Value:
    match expression:
        case Const(value=value):
            return value
        case Field():
            seen[expression.key] = found = values.get(expression.key)
            return found
        case Segment(rule=rule):
            verdict = evaluate(rule, values)
            seen[expression.key] = verdict.met
            seen.update(verdict.operands)
            return verdict.met
        case Apply(operator="first", operands=operands):
            return _first(operands, values, seen)
        case Apply(operator="and" | "or" as operator, operands=operands):
            return _logic(operator, operands, values, seen)
        case Apply(operator=operator, operands=operands):
            arguments = [_value(operand, values, seen) for operand in operands]
            if any(argument is None for argument in arguments):
                return None
            return _applied(operator, arguments)


def _first(operands: tuple[Expression, ...], values: Mapping[str, Value], seen: dict[str, Value]) -> Value:
    """The name of the first of some segments that the customer is in."""
    for operand in operands:
        if isinstance(operand, Segment) and _value(operand, values, seen) is True:
            return operand.name
    return None


def _applied(operator: str, arguments: list[Value]) -> Value:
    """Apply an operator; values of types that do not meet, as undeclared event fields may be, make it absent."""
    try:
        return OPERATORS[operator](*arguments)
    except (TypeError, AttributeError):
        return None


def _logic(
    operator: str, operands: tuple[Expression, ...], values: Mapping[str, Value], seen: dict[str, Value]
) -> Value:
    """Three-valued and/or: a side that decides by itself outweighs one that is absent."""
    decisive = operator == "or"
    outcome: Value = not decisive
    for operand in operands:
        value = _value(operand, values, seen)
        if value is decisive:
            return decisive
        if value is None:
            outcome = None
    return outcome


OPERATORS: Mapping[str, Callable[..., Value]] = MappingProxyType(
    {
        "not": lambda a: not a,
        "==": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b if b else None,
        "in": lambda a, b: a in b,
        "contains": lambda a, b: b in a,
        "starts_with": lambda a, b: a.startswith(b),
        "ends_with": lambda a, b: a.endswith(b),
    }
)

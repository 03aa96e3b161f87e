"""Conditions: text → the typed tree that the plan keeps, checked by CEL over the names of the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from punchcard.language import cel, spelling
from punchcard.language.grammar import Context
from punchcard.language.inside import in_yaml
from punchcard.language.literals import Literals
from punchcard.language.mistyped import in_words, say_mistyped
from punchcard.language.names import SEGMENTS, in_condition
from punchcard.language.naming import Naming
from punchcard.language.nodes import Scalar
from punchcard.language.operators import (
    OUR_TYPES,
    SIGNATURES,
    cel_type,
)
from punchcard.language.possible import say_impossible
from punchcard.plan.conditions import Apply, Expression, Field, names

LONGEST = 1_000
CHOOSABLE = ("string", "int", "dyn")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that holds up: its tree, and its text as it was written."""

    expression: Expression
    source: str

    def requires_redeemed(self) -> frozenset[str]:
        """Return the rewards that are surely redeemed where the condition is met."""
        return frozenset(_flagged(self.expression, "redeemed"))

    def requires_used_up(self) -> frozenset[str]:
        """Return the rewards of which surely no use is left where the condition is met."""
        return frozenset(_flagged(self.expression, "used_up"))

    def requires_there(self) -> frozenset[str]:
        """Return the names of which something is surely known where the condition is met."""
        return frozenset(_there(self.expression))

    def requires_reply(self) -> frozenset[str]:
        """Return the calls that have surely come to something where the condition is met."""
        return frozenset(_returned(self.expression))


@dataclass(frozen=True, slots=True)
class Chooser:
    """A value by which a way is chosen: its tree, its text as written, and its type (text, whole, any or segment)."""

    expression: Expression
    source: str
    type: str


def _flagged(expression: Expression, flag: str) -> Iterator[str]:
    match expression:
        case Field(path=(name, key)) if key == flag:
            yield name
        case Apply(operator="and", operands=operands):
            for operand in operands:
                yield from _flagged(operand, flag)


def _there(expression: Expression) -> Iterator[str]:
    """A comparison with something absent is not met; of several, one may decide without the others."""
    match expression:
        case Apply(operator="and", operands=operands):
            for operand in operands:
                yield from _there(operand)
        case Apply(operator="not", operands=(Apply(operator="and" | "or"),)) | Apply(operator="or" | "first"):
            return
        case _:
            yield from (field.key for field in names(expression))


def _returned(expression: Expression) -> Iterator[str]:
    match expression:
        case Apply(operator="not", operands=(Field(path=(name, "failed")),)):
            yield name
        case Apply(operator="and", operands=operands):
            for operand in operands:
                yield from _returned(operand)


def _denied(expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield whose and which fields are told to be otherwise: `not customer.staff`, `order.channel != "shop"`."""
    match expression:
        case Apply(operator="not", operands=(Field(path=("customer" | "order" as whose, name)),)):
            yield whose, name
        case Apply(operator="!=" | "not", operands=operands):
            for field in names(Apply("and", operands)):
                if field.path[0] in ("customer", "order") and len(field.path) == 2 and not field.arguments:
                    yield field.path[0], field.path[1]
        case Apply(operands=operands):
            for operand in operands:
                yield from _denied(operand)


def condition(scalar: Scalar, context: Context) -> Condition | None:
    """Read a step's condition; None after its mistakes have been reported."""
    checked = _Reader(scalar, context, in_condition(context.scope)).read()
    return checked if isinstance(checked, Condition) else None


def chooser(scalar: Scalar, context: Context) -> Chooser | None:
    """Read the value of a choice; None after its mistakes have been reported. Which segments are meant by
    `customer.segments`, its branches say.
    """
    if scalar.value.strip() == SEGMENTS and not scalar.empty:
        return Chooser(Apply("first", ()), SEGMENTS, "segment")
    checked = _Reader(scalar, context, in_condition(context.scope), chooses=True).read()
    return checked if isinstance(checked, Chooser) else None


def where(scalar: Scalar, context: Context) -> Condition | None:
    """Read a trigger's filter, which knows what it filters and nothing else."""
    checked = _Reader(scalar, context, context.scope.facts, filters=True).read()
    return checked if isinstance(checked, Condition) else None


class _Reader:
    """Reads one condition, or the value by which something `chooses`."""

    def __init__(
        self,
        scalar: Scalar,
        context: Context,
        names: Mapping[str, str],
        *,
        filters: bool = False,
        chooses: bool = False,
    ) -> None:
        self._scalar = scalar
        self._context = context
        self._names = names
        self._filters = filters
        self._chooses = chooses
        self._failed = False

    def read(self) -> Condition | Chooser | None:
        """Return the condition or value, or None after reporting."""
        text = self._scalar.value
        if len(text) > LONGEST:
            self._say(
                "PC1410",
                0,
                1,
                f"this condition has {len(text)} characters",
                f"at most {LONGEST}; nest `if` steps instead",
            )
            return None
        prepared = spelling.prepared(text, self._say)
        try:
            tree = prepared.written(cel.parse(prepared.text))
        except cel.Refused as refused:
            if not self._failed:
                spelling.say_unreadable(text, prepared.at(refused.complaints[0].at), self._say)
            return None
        naming = Naming(
            self._scalar,
            self._context,
            self._names,
            self._say,
            filters=self._filters,
            chooses=self._chooses,
        )
        missing = dict(naming.missing(tree))
        if naming.beyond:
            return None
        try:
            found = cel.check(prepared.text, self._cel_names(missing), SIGNATURES)
        except cel.Refused as refused:
            for complaint in refused.complaints:
                say_mistyped(text, replace(complaint, at=prepared.at(complaint.at)), self._say)
            return None
        checked = cel.Checked(prepared.written(found.root), found.types)
        return None if missing or self._failed else self._finish(checked)

    def _say(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        self._failed = True
        span, suggestion = in_yaml(self._scalar, start, max(end, start + 1), suggestion)
        self._context.findings.add(code, span, message, expected=expected, suggestion=suggestion)

    def _finish(self, checked: cel.Checked) -> Condition | Chooser | None:
        kind = checked.types.get(checked.root.id, "dyn")
        if self._chooses:
            if kind not in CHOOSABLE:
                self._not_choosable(kind)
                return None
        elif kind not in ("bool", "dyn"):
            start, end = 0, len(self._scalar.value)
            self._say(
                "PC1411",
                start,
                end,
                f"this is {in_words(kind)}, and a condition is met or not",
                "a comparison, such as `> 0`",
            )
            return None
        literals = Literals(self._context, checked.types, self._say)
        expression = literals.convert(checked.root)
        if self._failed or expression is None:
            return None
        if not names(expression):
            self._say(
                "PC1414",
                0,
                len(self._scalar.value),
                "this is always the same, whatever happens",
                "a condition that names a fact",
            )
            return None
        say_impossible(checked.root, self._context, self._say)
        if self._failed:
            return None
        self._warn_of_the_unknown(expression)
        source = " ".join(self._scalar.value.split())
        return (
            Chooser(expression, source, OUR_TYPES[kind]) if self._chooses else Condition(expression, source)
        )

    def _warn_of_the_unknown(self, expression: Expression) -> None:
        """Warn where what says nothing of a field of the shop's own is left out, as a reader would hardly expect."""
        programme = self._context.programme
        for whose, name in dict.fromkeys(_denied(expression)):
            if whose == "customer" and name in programme.customer_fields:
                message = f"customers of whom `{name}` is unknown are left out here"
                expected = "to mean them too: `none_of` of a segment in `audience`, or `if` with `otherwise`"
            elif whose == "order" and name in programme.order_fields:
                message = f"orders that say nothing of `{name}` are left out here"
                otherwise = "" if self._filters else ", or `if` with `otherwise`"
                expected = f"to mean them too: `{name}` in every order that the shop sends{otherwise}"
            else:
                continue
            self._context.findings.add("PC1415", self._scalar.span, message, expected=expected)

    def _cel_names(self, missing: Mapping[str, str]) -> dict[str, str]:
        """Return the names with CEL's types; of names that extend one another only the shortest can be declared."""
        names = {name: cel_type(kind) for name, kind in {**self._names, **missing}.items()}
        return {name: kind for name, kind in names.items() if not any(each in names for each in _above(name))}

    def _not_choosable(self, kind: str) -> None:
        reason = f"this is {in_words(kind)}, and a choice goes by a text or a whole number"
        expected = "`if` for a yes or no" if kind == "bool" else "`if` with a comparison, such as `> 50`"
        self._say("PC1320", 0, len(self._scalar.value), reason, expected)


def _above(name: str) -> Iterator[str]:
    """Yield the names that a name extends: for `a.b.c`, `a` and `a.b`."""
    parts = name.split(".")
    for count in range(1, len(parts)):
        yield ".".join(parts[:count])

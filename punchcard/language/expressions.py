"""Conditions: text → the typed tree that the plan keeps, checked by CEL over the names of the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from punchcard.language import cel
from punchcard.language.absent import missing_name
from punchcard.language.grammar import Context
from punchcard.language.literals import Literals
from punchcard.language.names import IN_SEGMENT, QUESTIONS, SEGMENTS, WORDS, in_condition
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Scalar
from punchcard.language.operators import (
    COMPARISONS,
    OPERATORS,
    OUR_TYPES,
    SIGNATURES,
    TEXT_QUESTIONS,
    cel_type,
)
from punchcard.language.scope import Reply
from punchcard.language.undeclared import warn_undeclared
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Apply, Expression, Field, names

LONGEST = 1_000
CHOOSABLE = ("string", "int", "dyn")
_WORD = re.compile(
    r"""\"(?:\\.|[^"\\])*\"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|&&|\|\||!=|!|==|<=|>=|=|<>|.""", re.DOTALL
)
_CEL_WORDS = {"and": "&&", "or": "||", "not": "!"}
_OUR_WORDS = {"&&": "and", "||": "or", "!": "not", "=": "==", "<>": "!="}
_BARE_VALUE = re.compile(
    r"(?<![\w.\"'])[0-9][0-9.]*\s?(?:%|[A-Z]{3}\b|(?:minute|hour|day|week|month|quarter|year)s?\b)"
)
_SIGNED_VALUE = re.compile(r"[$€£¥]\s?([0-9][0-9.]*)")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that holds up: its tree, and its text as it was written."""

    expression: Expression
    source: str

    def requires_redeemed(self) -> frozenset[str]:
        """Return the rewards that are surely redeemed where the condition is met."""
        return frozenset(_redeemed(self.expression))

    def requires_reply(self) -> frozenset[str]:
        """Return the calls that have surely come to something where the condition is met."""
        return frozenset(_returned(self.expression))


@dataclass(frozen=True, slots=True)
class Chooser:
    """A value by which a way is chosen: its tree, its text as written, and its type (text, whole, any or segment)."""

    expression: Expression
    source: str
    type: str


def _redeemed(expression: Expression) -> Iterator[str]:
    match expression:
        case Field(path=(name, "redeemed")):
            yield name
        case Apply(operator="and", operands=operands):
            for operand in operands:
                yield from _redeemed(operand)


def _returned(expression: Expression) -> Iterator[str]:
    match expression:
        case Apply(operator="not", operands=(Field(path=(name, "failed")),)):
            yield name
        case Apply(operator="and", operands=operands):
            for operand in operands:
                yield from _returned(operand)


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
        self._beyond = False

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
        prepared = self._prepared(text)
        try:
            tree = cel.parse(prepared)
        except cel.Refused as refused:
            if not self._failed:
                self._syntax(refused.complaints[0])
            return None
        missing = dict(self._missing(tree))
        if self._beyond:
            return None
        try:
            checked = cel.check(prepared, self._cel_names(missing), SIGNATURES)
        except cel.Refused as refused:
            for complaint in refused.complaints:
                self._complain(complaint)
            return None
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
        span = self._scalar.part(start, max(end, start + 1))
        self._context.findings.add(code, span, message, expected=expected, suggestion=suggestion)

    def _prepared(self, text: str) -> str:
        """Return the text with CEL's signs for `and`, `or`, `not`, at the same places."""
        parts = []
        for found in _WORD.finditer(text):
            word = found.group()
            if word in _OUR_WORDS:
                ours = _OUR_WORDS[word]
                self._say(
                    "PC1412",
                    found.start(),
                    found.end(),
                    f"`{word}` is written otherwise here",
                    f"`{ours}`",
                    ours,
                )
            parts.append(_CEL_WORDS.get(word, "!=" if word == "<>" else word).ljust(len(word)))
        return "".join(parts)

    def _syntax(self, complaint: cel.Complaint) -> None:
        signed = _SIGNED_VALUE.search(self._scalar.value)
        if signed:
            message = f"`{signed.group()}` cannot stand in a condition"
            expected = "a bare number, for money in the campaign's currency"
            self._say("PC1410", signed.start(), signed.end(), message, expected, signed.group(1))
            return
        bare = _BARE_VALUE.search(self._scalar.value)
        if bare:
            self._say(
                "PC1410",
                bare.start(),
                bare.end(),
                f"`{bare.group()}` cannot stand bare in a condition",
                "a bare number for money in the campaign's currency, any other value in quotes",
                f'"{bare.group()}"',
            )
            return
        at = min(complaint.at, max(len(self._scalar.value) - 1, 0))
        word = re.compile(r"\w+|.", re.DOTALL).match(self._scalar.value, at)
        self._say(
            "PC1410",
            at,
            word.end() if word else at + 1,
            "this is not a condition from here on",
            "a comparison such as customer.orders > 3, joined by `and`, `or`, `not`",
        )

    # --- names ---

    def _missing(self, node: cel.Node) -> Iterator[tuple[str, str]]:
        """Report each name that does not exist here, and yield it as one of any type, so that the rest is checked."""
        path = _path(node)
        if path is not None:
            yield from self._missing_path(node, path)
            return
        children = node.children
        if node.kind == "call":
            asked = f"{_path(children[0]) if children else None}.{node.value}"
            if asked in QUESTIONS:
                if self._filters and "customer.orders" not in self._names:
                    yield from self._missing_path(children[0], str(asked))
                children = children[1:]
            elif node.value not in OPERATORS:
                self._no_function(node)
                return
        elif node.kind in ("other", "select"):
            self._too_much(node)
            return
        for child in children:
            yield from self._missing(child)

    def _missing_path(self, node: cel.Node, path: str) -> Iterator[tuple[str, str]]:
        root = path.partition(".")[0]
        start, end = _extent(node)
        if path in self._names:
            return
        if self._names.get(root) == "any" and path.count(".") == 1:
            warn_undeclared(path, self._scalar.part(start, end), self._context)
            return
        asked = self._asked_otherwise(path)
        if asked is not None:
            reason = "segments are asked for by name, one by one"
            self._say("PC1821", start, end, reason, f"`{asked}`", None if path == SEGMENTS else asked)
            yield path, "any"
            return
        found = missing_name(path, self._names, self._context.scope, where=self._filters)
        self._say(found.code, start, end, found.reason, found.expected, self._meant(path, found))
        yield path, "any"

    def _meant(self, path: str, found: Unfit) -> str | None:
        """Return what to write instead: in `choose` the answer of a question, for a lone word a text."""
        if self._chooses and isinstance(self._context.scope.made.get(path), Reply):
            return f"{path}.answer"
        if found.code == "PC1401" and "." not in path:
            return found.suggestion or f'"{path}"'
        return found.suggestion

    def _asked_otherwise(self, path: str) -> str | None:
        """Return how the question is written that somebody means who names segments as if they were fields."""
        if not (self._filters and "customer.orders" not in self._names):
            if path == SEGMENTS:
                return f'{IN_SEGMENT}("loyal")'
            name = path.rpartition(".")[2]
            ways = (name, f"customer.{name}", f"segment.{name}", f"{SEGMENTS}.{name}")
            if path in ways and name in self._context.programme.segments:
                return f'{IN_SEGMENT}("{name}")'
        return None

    def _too_much(self, node: cel.Node) -> None:
        self._beyond = True
        expected = "comparisons joined by `and`, `or`, `not`"
        self._say("PC1413", node.at, node.at + 1, "this is more than a condition can do", expected)

    def _no_function(self, node: cel.Node) -> None:
        name = str(node.value)
        if not name[0].isalpha():
            self._too_much(node)
            return
        self._beyond = True
        known = [*QUESTIONS, *(f".{each}" for each in TEXT_QUESTIONS)]
        start = self._scalar.value.rfind(name, 0, node.at + len(name) + 1)
        start = node.at if start < 0 else start
        self._say(
            "PC1413",
            start,
            start + len(name),
            f"there is no question `{name}`",
            listed(known),
            nearest(name, [each.rpartition(".")[2] for each in known]),
        )

    def _cel_names(self, missing: Mapping[str, str]) -> dict[str, str]:
        """Return the names with CEL's types; of names that extend one another only the shortest can be declared."""
        names = {name: cel_type(kind) for name, kind in {**self._names, **missing}.items()}
        return {name: kind for name, kind in names.items() if not any(each in names for each in _above(name))}

    # --- types ---

    def _complain(self, complaint: cel.Complaint) -> None:
        """Put CEL's complaint about types into our words."""
        text = self._scalar.value
        sign = re.compile(r"[<>=!]=?|[-+*/]|\w+|.", re.DOTALL).match(
            text, min(complaint.at, max(len(text) - 1, 0))
        )
        start, end = (sign.start(), sign.end()) if sign else (complaint.at, complaint.at + 1)
        if complaint.function is None or complaint.function not in OPERATORS:
            self._say(
                "PC1411",
                start,
                end,
                f"this does not fit here: {complaint.text}",
                "values of the same type on both sides",
            )
            return
        words = [_in_words(each) for each in complaint.types]
        operator = OPERATORS[complaint.function]
        if complaint.function in COMPARISONS:
            reason = f"`{operator}` cannot compare {words[0]} with {words[-1]}"
        else:
            reason = f"`{operator}` does not work with {listed(words, 'and')}"
        self._say("PC1411", start, end, reason, _remedy(complaint.types))

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
                f"this is {_in_words(kind)}, and a condition is met or not",
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
        source = " ".join(self._scalar.value.split())
        return (
            Chooser(expression, source, OUR_TYPES[kind]) if self._chooses else Condition(expression, source)
        )

    def _not_choosable(self, kind: str) -> None:
        reason = f"this is {_in_words(kind)}, and a choice goes by a text or a whole number"
        expected = "`if` for a yes or no" if kind == "bool" else "`if` with a comparison, such as `> 50`"
        self._say("PC1320", 0, len(self._scalar.value), reason, expected)


def _above(name: str) -> Iterator[str]:
    """Yield the names that a name extends: for `a.b.c`, `a` and `a.b`."""
    parts = name.split(".")
    for count in range(1, len(parts)):
        yield ".".join(parts[:count])


def _path(node: cel.Node) -> str | None:
    """Return `coupon.redeemed` for what names a field, None for anything else."""
    if node.kind == "name":
        return str(node.value)
    if node.kind == "select":
        owner = _path(node.children[0])
        return f"{owner}.{node.value}" if owner else None
    return None


def _extent(node: cel.Node) -> tuple[int, int]:
    first = node
    while first.children:
        first = first.children[0]
    end = node.at + (0 if node.kind == "name" else 1) + len(str(node.value))
    return first.at, end


def _in_words(cel_type: str) -> str:
    if cel_type.startswith("list"):
        return "a list"
    return WORDS.get(OUR_TYPES.get(cel_type, "any"), "a value")


def _remedy(types: tuple[str, ...]) -> str:
    """Return what could stand beside the type that decides."""
    remedies = {
        "share": 'a share in quotes: "20%"',
        "moment": 'a date in quotes: "2026-05-04"',
        "date": 'a date in quotes: "2026-05-04"',
        "money": "a number for the campaign's currency, or another amount",
        "bool": "a yes or no stands alone: `coupon.redeemed` or `not coupon.redeemed`",
        "string": "text in quotes",
    }
    if "string" in types and {"int", "double"} & set(types):
        return "a number without quotes"
    return next(
        (remedies[each] for each in remedies if each in types), "values of the same type on both sides"
    )

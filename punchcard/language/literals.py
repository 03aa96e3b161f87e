"""Checked CEL trees → the plan's expressions: literals take the type of what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from punchcard.language import cel, moments, money
from punchcard.language.grammar import Context
from punchcard.language.membership import segment_called
from punchcard.language.names import IN_SEGMENT, QUESTIONS
from punchcard.language.operators import NUMBERS, OPERATORS, OUR_TYPES, TYPED_BY_TEXT
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Apply, Const, Expression, Field, Value
from punchcard.plan.lookback import in_months

SCALED = ("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_+_", "_-_")


class Literals:
    """Converts one checked tree; mistakes in quoted values go to `say`."""

    def __init__(self, context: Context, types: Mapping[int, str], say: Callable[..., None]) -> None:
        self._context = context
        self._types = types
        self._say = say

    def convert(self, node: cel.Node) -> Expression | None:
        """Return the plan's expression; None after a mistake has been reported."""
        match node.kind:
            case "constant":
                return Const(node.value)
            case "name" | "select":
                return self._field(_path(node))
            case "list":
                return self._list(node)
            case "call" if node.value in QUESTIONS:
                return self._question(node)
            case "call" if node.value in OPERATORS:
                return self._call(node)
        raise AssertionError(f"CEL accepted a {node.kind} that no signature allows")

    def _field(self, path: tuple[str, ...]) -> Expression:
        programme = self._context.programme
        own = {"customer": programme.customer_fields, "order": programme.order_fields}.get(path[0], {})
        return Field(path, type=own.get(path[-1]))

    def _list(self, node: cel.Node) -> Expression | None:
        if not all(child.kind == "constant" for child in node.children):
            self._say(
                "PC1413",
                node.at,
                node.at + 1,
                "a list holds plain values only",
                'a list such as ["gold", "silver"]',
            )
            return None
        return Const(tuple(child.value for child in node.children))

    def _question(self, node: cel.Node) -> Expression | None:
        argument = node.children[0]
        if node.value == IN_SEGMENT:
            return self._member(argument)
        if argument.kind != "constant":
            self._say("PC1411", argument.at, argument.at + 1, "this must be a span in quotes", '"90 days"')
            return None
        span = moments.span_of_time(str(argument.value))
        if isinstance(span, Unfit):
            self._refuse(argument, span)
            return None
        back = span.millis if span.months is None else in_months(span.months)
        return Field(tuple(str(node.value).split(".")), (back,))

    def _member(self, name: cel.Node) -> Expression | None:
        """Whether the customer is in the segment of this name."""
        if name.kind != "constant":
            reason = "this must be a segment's name in quotes"
            self._say("PC1821", name.at, name.at + 1, reason, f'`{IN_SEGMENT}("loyal")`')
            return None
        found = segment_called(str(name.value), self._context.programme, self._context.currency)
        if isinstance(found, Unfit):
            meant = found.suggestion and f'"{found.suggestion}"'
            self._refuse(name, replace(found, suggestion=meant))
            return None
        return found

    def _refuse(self, node: cel.Node, unfit: Unfit) -> None:
        self._say(
            unfit.code,
            node.at,
            node.at + len(str(node.value)) + 2,
            unfit.reason,
            unfit.expected,
            unfit.suggestion,
        )

    def _call(self, node: cel.Node) -> Expression | None:
        operator = OPERATORS[node.value]
        kinds = [self._kind(child) for child in node.children]
        operands = [
            self._beside(child, kind, _deciding(kinds)) if node.value in SCALED else self.convert(child)
            for child, kind in zip(node.children, kinds, strict=True)
        ]
        if any(each is None for each in operands):
            return None
        known = tuple(each for each in operands if each is not None)
        if operator == "minus":
            return Apply("-", (Const(0), *known))
        if operator in ("and", "or"):
            known = tuple(part for each in known for part in _flat(each, operator))
        return Apply(operator, known)

    def _kind(self, node: cel.Node) -> str:
        return OUR_TYPES.get(self._types.get(node.id, "dyn"), "any")

    def _beside(self, node: cel.Node, kind: str, deciding: str | None) -> Expression | None:
        """Convert an operand that stands beside one of the type `deciding`."""
        if deciding is None or kind in (deciding, "any"):
            return self.convert(node)
        if kind == "text":
            return self._quoted(node, deciding)
        if deciding == "money" and kind in NUMBERS:
            return self._scaled(node)
        return self.convert(node)

    def _scaled(self, node: cel.Node) -> Expression | None:
        """A bare number beside money is an amount of the campaign's currency."""
        unit = 10 ** money.decimals(self._context.currency)
        if node.kind != "constant":
            inner = self.convert(node)
            return Apply("*", (inner, Const(unit))) if inner else None
        minor = Decimal(str(node.value)) * unit
        if minor != int(minor):
            places = money.decimals(self._context.currency)
            self._refuse(
                node,
                Unfit("PC1204", f"{self._context.currency} has {places} decimals", "an amount such as 12.50"),
            )
            return None
        return Const(int(minor))

    def _quoted(self, node: cel.Node, kind: str) -> Expression | None:
        if node.kind != "constant":
            self._say(
                "PC1411",
                node.at,
                node.at + 1,
                f"a field of text cannot stand beside a {kind}",
                "a value in quotes",
            )
            return None
        value = self._value(str(node.value), kind)
        if isinstance(value, Unfit):
            self._refuse(node, value)
            return None
        return Const(value)

    def _value(self, text: str, kind: str) -> Value | Unfit:
        match kind:
            case "money":
                return money.amount(text, self._context.currency)
            case "share":
                return money.share(text)
            case "date":
                day = moments.iso_date(text)
                return (
                    Unfit("PC1207", f"`{text}` is not a date", "2026-05-04")
                    if day is None
                    else day
                    if isinstance(day, Unfit)
                    else day.isoformat()
                )
            case _:
                return _instant(text, self._context.timezone)


def _path(node: cel.Node) -> tuple[str, ...]:
    names = tuple(str(node.value).lstrip(".").split("."))
    return names if node.kind == "name" else (*_path(node.children[0]), *names)


def _deciding(kinds: list[str]) -> str | None:
    return next((kind for kind in kinds if kind in TYPED_BY_TEXT), None)


def _flat(expression: Expression, operator: str) -> tuple[Expression, ...]:
    if isinstance(expression, Apply) and expression.operator == operator:
        return expression.operands
    return (expression,)


def _instant(text: str, timezone: str) -> int | Unfit:
    """Return the instant of `2026-05-04` or `2026-05-04 09:00` in the campaign's zone, in epoch milliseconds."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return Unfit(
            "PC1207",
            f"`{text}` is not a point in time",
            "a date in quotes such as 2026-05-04 or 2026-05-04 09:00",
        )
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(timezone))
    return int(moment.timestamp() * 1000)

"""A segment's rule as SQL, so that the database finds of all customers those for whom it holds.

It means what `plan.conditions.evaluate` makes of the rule over what `domain.knowing` knows: three-valued, with what is
absent as NULL. The language admits no rule that could not be put into SQL, or that could make a database fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Double,
    Numeric,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql

from punchcard.domain.customers import CUSTOMER, PROFILE
from punchcard.domain.database import table
from punchcard.domain.knowing import LARGEST, SMALLEST, SUMS, UNSPEAKABLE
from punchcard.domain.orders import Order, has_ordered
from punchcard.domain.tags import TAG
from punchcard.plan.conditions import Apply, Const, Expression, Field, Segment, Value
from punchcard.plan.lookback import months_of, since

ORDER = table(Order)
_JSON = postgresql.JSON()
ARITHMETIC = ("+", "-", "*", "/")
Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a rule is asked with: the kind of database (`sqlite`, `postgresql`), the currency, the instant, the zone of
    customers whose own is unknown, and the zones that customers have; these matter to rules that count months.
    """

    dialect: str
    currency: str
    at: int
    zone: str
    zones: tuple[str, ...] = ()


def holds(rule: Expression, asking: Asking) -> ColumnElement[bool]:
    """Return the condition on the table of customers; what cannot be decided is not met."""
    return func.coalesce(_Sql(asking).of(rule), false())


class _Sql:
    """Puts one rule into SQL."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._own: Mapping[str, Callable[[str], Column]] = (
            {
                "text": _text_in_sqlite,
                "date": _text_in_sqlite,
                "number": _number_in_sqlite,
                "flag": _flag_in_sqlite,
            }
            if asking.dialect == "sqlite"
            else {
                "text": _text_in_postgresql,
                "date": _text_in_postgresql,
                "number": _number_in_postgresql,
                "flag": _flag_in_postgresql,
            }
        )

    def of(self, expression: Expression) -> Column:
        """Return the value of an expression, NULL where it is absent."""
        match expression:
            case Const(value=value):
                return _literal(value)
            case Field():
                return self._field(expression)
            case Segment(rule=rule):
                return func.coalesce(self.of(rule), false())
            case Apply(operator="and", operands=operands):
                return and_(*map(self.of, operands))
            case Apply(operator="or", operands=operands):
                return or_(*map(self.of, operands))
            case Apply(operator="not", operands=(inner,)):
                return not_(self.of(inner))
            case Apply(operator="in", operands=(part, whole)):
                return self._in(part, whole)
            case Apply(operator=operator, operands=(left, right)) if operator in ARITHMETIC:
                return self._sum(operator, left, right)
            case Apply(operator=operator, operands=(left, right)):
                return self._asked(operator, self.of(left), self.of(right), _is_text(left) or _is_text(right))
        raise AssertionError(f"the language admits no such rule: {expression}")

    # --- what is known of a customer ---

    def _field(self, field: Field) -> Column:
        name = field.path[1]
        if name in SUMS:
            return self._counted(field)
        if name in PROFILE:
            return CUSTOMER.c[name]
        return self._own[field.type](name) if field.type else null()

    def _counted(self, field: Field) -> Column:
        counted = select(cast(SUMS[field.path[1]], BigInteger)).where(
            ORDER.c.customer_id == CUSTOMER.c.id,
            ORDER.c.currency == (field.currency or self._asking.currency),
            has_ordered(ORDER),
            ORDER.c.occurred_at <= self._asking.at,
        )
        if field.arguments:
            counted = counted.where(ORDER.c.occurred_at > self._since(field.arguments[0]))
        return counted.correlate(CUSTOMER).scalar_subquery()

    def _since(self, back: Value) -> Any:
        """The instant since which is counted: of months by each customer's zone, which are reckoned here."""
        asking = self._asking
        usual = since(back, asking.at, asking.zone)
        if months_of(back) is None:
            return usual
        others: dict[int, list[str]] = {}
        for zone in asking.zones:
            others.setdefault(since(back, asking.at, zone), []).append(zone)
        others.pop(usual, None)
        if not others:
            return usual
        return case(
            *((CUSTOMER.c.timezone.in_(zones), _literal(at)) for at, zones in others.items()),
            else_=_literal(usual),
        )

    # --- operators ---

    def _in(self, part: Expression, whole: Expression) -> Column:
        value = self.of(part)
        found: Column
        match whole:
            case Const(value=tuple() as options):
                found = value.in_(options) if options else false()
            case _:
                found = exists(
                    select(TAG.c.tag).where(TAG.c.customer_id == CUSTOMER.c.id, TAG.c.tag == value)
                ).correlate(CUSTOMER)
        return case((value.is_(None), null()), else_=found)

    def _sum(self, operator: str, left: Expression, right: Expression) -> Column:
        exact = operator != "/" and _is_whole(left) and _is_whole(right)
        kind: Any = Numeric(asdecimal=False) if exact else Double()
        one, other = cast(self.of(left), kind), cast(self.of(right), kind)
        match operator:
            case "+":
                return one + other
            case "-":
                return one - other
            case "*":
                return one * other
            case _:
                return one / func.nullif(other, cast(literal(0), Double()))

    def _asked(self, operator: str, left: Column, right: Column, of_text: bool) -> Column:
        sqlite = self._asking.dialect == "sqlite"
        match operator:
            case "contains":
                return (func.instr if sqlite else func.strpos)(left, right) > 0
            case "starts_with":
                return func.substr(left, 1, func.length(right)) == right
            case "ends_with":
                behind = func.length(left) - func.length(right)
                return and_(behind >= 0, func.substr(left, behind + 1) == right)
        if of_text and not sqlite:
            left, right = left.collate("C"), right.collate("C")
        return COMPARED[operator](left, right)


COMPARED: Mapping[str, Callable[[Column, Column], Column]] = MappingProxyType(
    {
        "==": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
    }
)


def _literal(value: Value) -> Column:
    match value:
        case bool():
            return literal(value, Boolean())
        case int():
            return literal(value, BigInteger())
        case float():
            return literal(value, Double())
        case _:
            return literal(value, String())


def _is_text(expression: Expression) -> bool:
    match expression:
        case Const(value=str()):
            return True
        case Field(path=path, type=kind):
            return path[1] in PROFILE or kind in ("text", "date")
        case _:
            return False


def _is_whole(expression: Expression) -> bool:
    """Whether a number has no fraction, whatever the customer is."""
    match expression:
        case Const(value=value):
            return isinstance(value, int)
        case Field(path=path):
            return path[1] in SUMS
        case Apply(operator="+" | "-" | "*", operands=operands):
            return all(map(_is_whole, operands))
        case _:
            return False


# --- the customers' own fields, which stand in one JSON document ---------------------------------


def _sensible(number: Column, kind: Any) -> Column:
    large, small = (cast(literal(each, Double()), kind) for each in (LARGEST, SMALLEST))
    return and_(number.between(-large, large), or_(number == 0, number >= small, number <= -small))


def _text_in_sqlite(name: str) -> Column:
    path = f"$.{name}"
    value: ColumnElement[str] = func.json_extract(CUSTOMER.c.attributes, path, type_=String())
    signs = (func.char(0), func.char(1), *UNSPEAKABLE)
    speakable = and_(*(func.instr(value, sign) == 0 for sign in signs))
    is_text = func.json_type(CUSTOMER.c.attributes, path) == "text"
    return case((is_text, case((speakable, value), else_=null())), else_=null())


def _number_in_sqlite(name: str) -> Column:
    path = f"$.{name}"
    value: ColumnElement[float] = func.json_extract(CUSTOMER.c.attributes, path, type_=Double())
    is_number = func.json_type(CUSTOMER.c.attributes, path).in_(("integer", "real"))
    return case((and_(is_number, _sensible(value, Double())), value), else_=null())


def _flag_in_sqlite(name: str) -> Column:
    found = func.json_type(CUSTOMER.c.attributes, f"$.{name}")
    yes, no = literal(True, Boolean()), literal(False, Boolean())
    return case((found == "true", yes), (found == "false", no), else_=null())


def _in_postgresql(name: str) -> tuple[Column, Column, Column]:
    """The JSON value of a field, its type and its text; PostgreSQL reads no document that has the sign of no text."""
    document = cast(func.replace(CUSTOMER.c.attributes, *UNSPEAKABLE), _JSON)
    value: Column = func.json_extract_path(document, name, type_=_JSON)
    return value, func.json_typeof(value), func.json_extract_path_text(document, name)


def _text_in_postgresql(name: str) -> Column:
    value, kind, text = _in_postgresql(name)
    speakable = func.strpos(cast(value, String()), UNSPEAKABLE[1]) == 0
    return case((kind == "string", case((speakable, text), else_=null())), else_=null())


def _number_in_postgresql(name: str) -> Column:
    _, kind, text = _in_postgresql(name)
    number = cast(text, Numeric(asdecimal=False))
    sensible = case((_sensible(number, Numeric()), cast(text, Double())), else_=null())
    return case((kind == "number", sensible), else_=null())


def _flag_in_postgresql(name: str) -> Column:
    _, kind, text = _in_postgresql(name)
    return case((kind == "boolean", cast(text, Boolean())), else_=null())

"""Conditions as clauses that stand behind `if` and `whether`: `the coupon has been redeemed`.

`not` is carried inwards until it stands at a comparison, which changes nothing: what is absent makes
either form unmet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from punchcard.plan.conditions import Apply, Const, Expression, Field, Segment, Value
from punchcard.plan.model import Plan
from punchcard.wording.fields import Kind, noun
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.things import (
    calls_of,
    campaigns_of,
    questions_of,
    rewards_of,
    the_call,
    the_question,
    the_reward,
)

OPPOSITE: Mapping[str, str] = MappingProxyType(
    {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "and": "or", "or": "and"}
)
MIRRORED: Mapping[str, str] = MappingProxyType({"<": ">", ">": "<", "<=": ">=", ">=": "<="})
SIGNS: Mapping[str, str] = MappingProxyType({"+": "+", "-": "−", "*": "×", "/": "÷"})
Say = Callable[[Speech], str]

NUMBERS: Mapping[str, Say] = MappingProxyType(
    {
        "==": lambda speech: speech.gettext("%(left)s is %(right)s"),
        "!=": lambda speech: speech.gettext("%(left)s is not %(right)s"),
        "<": lambda speech: speech.gettext("%(left)s is less than %(right)s"),
        "<=": lambda speech: speech.gettext("%(left)s is at most %(right)s"),
        ">": lambda speech: speech.gettext("%(left)s is more than %(right)s"),
        ">=": lambda speech: speech.gettext("%(left)s is at least %(right)s"),
    }
)
INSTANTS: Mapping[str, Say] = MappingProxyType(
    {
        **NUMBERS,
        "<": lambda speech: speech.gettext("%(left)s is before %(right)s"),
        "<=": lambda speech: speech.gettext("%(left)s is not after %(right)s"),
        ">": lambda speech: speech.gettext("%(left)s is after %(right)s"),
        ">=": lambda speech: speech.gettext("%(left)s is not before %(right)s"),
    }
)
TEXTS: Mapping[str, tuple[Say, Say]] = MappingProxyType(
    {
        "contains": (
            lambda speech: speech.gettext("%(left)s contains %(right)s"),
            lambda speech: speech.gettext("%(left)s does not contain %(right)s"),
        ),
        "starts_with": (
            lambda speech: speech.gettext("%(left)s begins with %(right)s"),
            lambda speech: speech.gettext("%(left)s does not begin with %(right)s"),
        ),
        "ends_with": (
            lambda speech: speech.gettext("%(left)s ends with %(right)s"),
            lambda speech: speech.gettext("%(left)s does not end with %(right)s"),
        ),
    }
)

# How a campaign that was started came to its end.
ENDS: Mapping[str, tuple[Say, Say]] = MappingProxyType(
    {
        "completed": (
            lambda speech: speech.gettext("the campaign “%(campaign)s” came to its end"),
            lambda speech: speech.gettext("the campaign “%(campaign)s” did not come to its end"),
        ),
        "stopped": (
            lambda speech: speech.gettext("the campaign “%(campaign)s” was stopped by a step"),
            lambda speech: speech.gettext("the campaign “%(campaign)s” was not stopped by a step"),
        ),
        "cancelled": (
            lambda speech: speech.gettext("the campaign “%(campaign)s” was cancelled"),
            lambda speech: speech.gettext("the campaign “%(campaign)s” was not cancelled"),
        ),
        "not_started": (
            lambda speech: speech.gettext("the campaign “%(campaign)s” did not start"),
            lambda speech: speech.gettext("the campaign “%(campaign)s” did start"),
        ),
    }
)
ORDERS: Mapping[str, tuple[Say, Say]] = MappingProxyType(
    {
        "order.placed": (
            lambda speech: speech.gettext("the order has been placed"),
            lambda speech: speech.gettext("the order has not been placed"),
        ),
        "order.paid": (
            lambda speech: speech.gettext("the order has been paid"),
            lambda speech: speech.gettext("the order has not been paid"),
        ),
        "order.delivered": (
            lambda speech: speech.gettext("the order has been delivered"),
            lambda speech: speech.gettext("the order has not been delivered"),
        ),
        "order.refunded": (
            lambda speech: speech.gettext("something of the order has been refunded"),
            lambda speech: speech.gettext("nothing of the order has been refunded"),
        ),
    }
)


def condition_words(speech: Speech, plan: Plan, expression: Expression) -> str:
    """Return a condition as a clause."""
    return _Teller(speech, plan).clause(expression, met=True)


def value_words(speech: Speech, plan: Plan, expression: Expression) -> str:
    """Return what an expression stands for as a noun: `the answer to “How was it”`."""
    return _Teller(speech, plan).noun(expression)


def segment_name(speech: Speech, segment: Segment) -> str:
    """Return what people call a segment, in quotes."""
    return speech.quote(segment.title or title_of(segment.name))


class _Teller:
    """Puts one condition of one plan into words."""

    def __init__(self, speech: Speech, plan: Plan) -> None:
        self._speech = speech
        self._plan = plan

    def clause(self, expression: Expression, *, met: bool) -> str:
        """Return that the expression is met, or that it is not."""
        match expression:
            case Apply(operator="not", operands=(inner,)):
                return self.clause(inner, met=not met)
            case Apply(operator="and" | "or" as operator, operands=operands):
                return self._joined(operator if met else OPPOSITE[operator], operands, met)
            case Apply(operator=operator, operands=(left, right)) if operator in NUMBERS:
                return self._compared(operator if met else OPPOSITE[operator], left, right)
            case Apply(operator="in", operands=(left, Const(value=tuple() as options))):
                words = NUMBERS["==" if met else "!="](self._speech)
                listed = self._speech.either([self._value(option, "any") for option in options])
                return words % {"left": self.noun(left), "right": listed}
            case Apply(operator="in", operands=(left, right)):
                return self._contains(right, left, "contains", met)
            case Apply(operator=operator, operands=(left, right)) if operator in TEXTS:
                return self._contains(left, right, operator, met)
            case Field():
                return self._flag(expression, met)
            case Segment():
                return self._member(expression, met)
            case _:
                words = NUMBERS["==" if met else "!="](self._speech)
                return words % {"left": self.noun(expression), "right": self._value(True, "flag")}

    def _joined(self, operator: str, operands: tuple[Expression, ...], met: bool) -> str:
        clauses = []
        for operand in operands:
            words = self.clause(operand, met=met)
            nested = isinstance(operand, Apply) and operand.operator in ("and", "or")
            clauses.append(f"({words})" if nested else words)
        return self._speech.both(clauses) if operator == "and" else self._speech.either(clauses)

    def _compared(self, operator: str, left: Expression, right: Expression) -> str:
        if isinstance(left, Const) and not isinstance(right, Const):
            left, right, operator = right, left, MIRRORED.get(operator, operator)
        if isinstance(right, Const) and isinstance(right.value, bool):
            return self.clause(left, met=right.value is (operator == "=="))
        if isinstance(left, Field) and isinstance(right, Const) and operator in ("==", "!="):
            ended = self._ended(left, right.value, met=operator == "==")
            if ended is not None:
                return ended
        kind = self._kind(left) if self._kind(left) != "any" else self._kind(right)
        words = (INSTANTS if kind in ("moment", "date") else NUMBERS)[operator](self._speech)
        return words % {"left": self.noun(left, kind), "right": self.noun(right, kind)}

    def _ended(self, field: Field, outcome: Value, *, met: bool) -> str | None:
        """Return how a campaign that was started has ended; None for anything else."""
        name = campaigns_of(self._plan).get(field.path[0])
        if name is None or field.path[-1] != "outcome" or outcome not in ENDS:
            return None
        return ENDS[str(outcome)][0 if met else 1](self._speech) % {"campaign": title_of(name)}

    def _contains(self, whole: Expression, part: Expression, operator: str, met: bool) -> str:
        words = TEXTS[operator][0 if met else 1](self._speech)
        return words % {"left": self.noun(whole), "right": self.noun(part)}

    def _flag(self, field: Field, met: bool) -> str:
        owner, key = field.path[0], field.path[-1]
        if key == "redeemed" and owner in rewards_of(self._plan):
            reward = the_reward(self._speech, self._plan, owner)
            words = (
                self._speech.gettext("%(reward)s has been redeemed")
                if met
                else self._speech.gettext("%(reward)s has not been redeemed")
            )
            return words % {"reward": reward}
        if key == "used_up" and owner in rewards_of(self._plan):
            reward = the_reward(self._speech, self._plan, owner)
            words = (
                self._speech.gettext("%(reward)s is used up")
                if met
                else self._speech.gettext("%(reward)s is not used up")
            )
            return words % {"reward": reward}
        if key == "answered" and owner in questions_of(self._plan):
            question = the_question(self._speech, self._plan, owner)
            words = (
                self._speech.gettext("%(question)s has been answered")
                if met
                else self._speech.gettext("%(question)s has not been answered")
            )
            return words % {"question": question}
        if key == "ended" and owner in campaigns_of(self._plan):
            words = (
                self._speech.gettext("the campaign “%(campaign)s” has ended")
                if met
                else self._speech.gettext("the campaign “%(campaign)s” has not ended")
            )
            return words % {"campaign": title_of(campaigns_of(self._plan)[owner])}
        if ".".join(field.path) in ORDERS:
            return ORDERS[".".join(field.path)][0 if met else 1](self._speech)
        if key == "failed" and owner in calls_of(self._plan):
            call = the_call(self._speech, owner)
            words = (
                self._speech.gettext("%(call)s has failed")
                if met
                else self._speech.gettext("%(call)s has not failed")
            )
            return words % {"call": call}
        words = (
            self._speech.gettext("%(field)s is yes")
            if met
            else self._speech.gettext("%(field)s is given as no")
        )
        return words % {"field": self.noun(field)}

    def _member(self, segment: Segment, met: bool) -> str:
        words = (
            self._speech.gettext("the customer is in the segment %(name)s")
            if met
            else self._speech.gettext("the customer is not in the segment %(name)s")
        )
        return words % {"name": segment_name(self._speech, segment)}

    def noun(self, expression: Expression, kind: Kind = "any") -> str:
        """Return what the expression stands for; a literal is of this kind."""
        match expression:
            case Const(value=value):
                return self._value(value, kind)
            case Field():
                return noun(self._speech, self._plan, expression).words
            case Apply(operator="first"):
                return self._speech.gettext("the first of these segments to which the customer belongs")
            case Apply(operator="-", operands=(Const(value=0), inner)):
                return f"−{self.noun(inner, kind)}"
            case Apply(operator=operator, operands=(left, right)) if operator in SIGNS:
                other: Kind = "number" if operator in ("*", "/") else kind
                return f"{self.noun(left, kind)} {SIGNS[operator]} {self.noun(right, other)}"
            case _:
                return f"({self.clause(expression, met=True)})"

    def _kind(self, expression: Expression) -> Kind:
        match expression:
            case Field():
                return noun(self._speech, self._plan, expression).kind
            case Apply(operator=operator, operands=operands) if operator in SIGNS:
                kinds = [self._kind(operand) for operand in operands]
                return next((kind for kind in kinds if kind != "any"), "any")
            case _:
                return "any"

    def _value(self, value: Value, kind: Kind) -> str:
        speech = self._speech
        match value:
            case None:
                return speech.pgettext("value", "nothing")
            case bool():
                return speech.pgettext("value", "yes") if value else speech.pgettext("value", "no")
            case int() if kind == "money":
                return speech.money(value, self._plan.currency)
            case int() if kind == "share":
                return speech.share(value)
            case int() if kind == "moment":
                return speech.in_zone(self._plan.timezone).moment(value)
            case int() | float():
                return speech.number(value)
            case str() if kind == "date":
                return speech.day(value)
            case tuple():
                return speech.both([self._value(each, kind) for each in value])
            case _:
                return speech.quote(str(value))

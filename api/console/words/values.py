"""The values that decided a condition, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from punchcard.plan.lookback import months_of
from punchcard.plan.model import Plan
from punchcard.plan.triggers import EventTrigger, ManualTrigger
from punchcard.wording.speech import Speech

MONEY = frozenset({"order.amount", "customer.spent", "customer.spent_within"})
_OVER = re.compile(r"_within\((\d+(?: months)?)")
SPANS = {"days": 24 * 3600 * 1000, "hours": 3600 * 1000, "minutes": 60 * 1000, "milliseconds": 1}
_COUNTED_IN = re.compile(r"[(,]([A-Z]{3})\)$")
INSTANTS = ("expires", "occurred_at", "redeemed_at", "answered_at")


def operands_words(speech: Speech, plan: Plan, operands: Mapping[str, Any]) -> Markup:
    """Return what a condition saw: `coupon.redeemed = no`."""
    return _listed({name: value_words(speech, plan, name, value) for name, value in operands.items()})


def facts_words(speech: Speech, currency: str, operands: Mapping[str, Any]) -> Markup:
    """Return what a rule on the customer saw, which belongs to no campaign."""
    return _listed({name: _words(speech, currency, MONEY, name, value) for name, value in operands.items()})


def value_words(speech: Speech, plan: Plan, name: str, value: Any) -> str:
    """Return one value by its name: amounts as money, instants as dates, nothing as `unknown`."""
    return _words(speech, plan.currency, MONEY | _amounts(plan), name, value)


def _listed(values: Mapping[str, str]) -> Markup:
    parts = [
        Markup("<code>{}</code> = {}").format(_as_written(name), words) for name, words in values.items()
    ]
    return Markup(", ").join(parts)


def _as_written(name: str) -> str:
    """Return a question over a span of time as conditions write it: `customer.orders_within("90 days")`."""
    found = _OVER.search(name)
    if found is None:
        return name
    return f'{name[: found.start(1)]}"{_span(found[1])}"{name[found.end(1) :]}'


def _span(back: str) -> str:
    months = months_of(back)
    if months is not None:
        return f"{months} month{'' if months == 1 else 's'}"
    return next(f"{int(back) // each} {unit}" for unit, each in SPANS.items() if int(back) % each == 0)


def _words(speech: Speech, currency: str, amounts: frozenset[str], name: str, value: Any) -> str:
    plain = name.partition("(")[0]
    match value:
        case None:
            return speech.pgettext("value", "unknown")
        case bool():
            return speech.pgettext("value", "yes") if value else speech.pgettext("value", "no")
        case list() | tuple():
            return ", ".join(speech.quote(str(each)) for each in value) or speech.pgettext("value", "none")
        case int() if plain in amounts:
            return speech.money(value, _currency(name) or currency)
        case int() if plain.endswith(INSTANTS):
            return speech.moment(value)
        case int() | float():
            return speech.number(value)
        case _:
            return speech.quote(str(value))


def _currency(name: str) -> str | None:
    """The currency that a name says it counts in, where that is another than the campaign's."""
    found = _COUNTED_IN.search(name)
    return found[1] if found else None


def _amounts(plan: Plan) -> frozenset[str]:
    match plan.trigger:
        case ManualTrigger(inputs=inputs):
            return frozenset(f"inputs.{each.name}" for each in inputs if each.type == "amount")
        case EventTrigger(money=money):
            return frozenset(f"event.{name}" for name in money)
        case _:
            return frozenset()

"""The values that decided a condition, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from punchcard.plan.model import Plan
from punchcard.plan.triggers import EventTrigger, ManualTrigger
from punchcard.wording.speech import Speech

MONEY = frozenset({"order.amount", "customer.spent", "customer.spent_within"})
_COUNTED_IN = re.compile(r"[(,]([A-Z]{3})\)$")
INSTANTS = ("expires", "occurred_at", "redeemed_at", "answered_at")


def operands_words(speech: Speech, plan: Plan, operands: Mapping[str, Any]) -> Markup:
    """Return what a condition saw: `coupon.redeemed = no`."""
    parts = [
        Markup("<code>{}</code> = {}").format(name, value_words(speech, plan, name, value))
        for name, value in operands.items()
    ]
    return Markup(", ").join(parts)


def value_words(speech: Speech, plan: Plan, name: str, value: Any) -> str:
    """Return one value by its name: amounts as money, instants as dates, nothing as `unknown`."""
    plain = name.partition("(")[0]
    match value:
        case None:
            return speech.pgettext("value", "unknown")
        case bool():
            return speech.pgettext("value", "yes") if value else speech.pgettext("value", "no")
        case list():
            return ", ".join(speech.quote(str(each)) for each in value) or speech.pgettext("value", "none")
        case int() if plain in MONEY or plain in _amounts(plan):
            return speech.money(value, _currency(name) or plan.currency)
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

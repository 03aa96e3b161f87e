"""What starts a campaign, in words."""

from __future__ import annotations

from typing import assert_never

from punchcard.plan.model import Plan
from punchcard.plan.triggers import EventTrigger, ManualTrigger, OrderTrigger, SpendTrigger
from punchcard.wording.speech import Speech


def trigger_words(speech: Speech, plan: Plan) -> str:
    """Return a label such as `Every $500 spent`."""
    trigger = plan.trigger
    match trigger:
        case SpendTrigger(every=every, reaches=reaches):
            if every is not None:
                words, amount = speech.gettext("Every %(amount)s spent"), every
            else:
                words, amount = speech.gettext("%(amount)s spent in all"), reaches or 0
            return words % {"amount": speech.money(amount, plan.currency)}
        case OrderTrigger():
            return _order(speech, trigger, plan.currency)
        case EventTrigger(name=name):
            return speech.gettext("Event %(name)s") % {"name": name.replace("_", " ")}
        case ManualTrigger():
            return speech.gettext("Started by hand")
        case _:
            assert_never(trigger)


def _order(speech: Speech, trigger: OrderTrigger, currency: str) -> str:
    if trigger.first:
        words = speech.gettext("First order")
    elif trigger.every is not None:
        words = speech.ngettext("Every order", "Every %(count)s orders", trigger.every) % {
            "count": speech.number(trigger.every)
        }
    else:
        words = speech.gettext("Each order")
    if trigger.over is None:
        return words
    over = speech.money(trigger.over, currency)
    return speech.gettext("%(orders)s over %(amount)s") % {"orders": words, "amount": over}


def class_words(speech: Speech, name: str) -> str:
    """Return what a trigger's class promises, in one sentence."""
    match name:
        case "S":
            return speech.gettext(
                "Exact by the set: what was earned depends only on which events were accepted, "
                "not on their order, repetition or lateness."
            )
        case "B":
            return speech.gettext(
                "Exact by business time: events count in the order in which they happened; "
                "a late one never displaces what was decided."
            )
        case _:
            return speech.gettext(
                "Decided once: in the order in which facts arrive, with the operands recorded."
            )

"""`order` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan
from punchcard.plan.triggers import OrderTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: OrderTrigger) -> str:
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
    over = speech.money(trigger.over, plan.currency)
    return speech.gettext("%(orders)s over %(amount)s") % {"orders": words, "amount": over}


WORDS = TriggerWords(_label)

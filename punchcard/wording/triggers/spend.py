"""`spend` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan
from punchcard.plan.triggers import SpendTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: SpendTrigger) -> str:
    if trigger.every is not None:
        words, amount = speech.gettext("Every %(amount)s spent"), trigger.every
    else:
        words, amount = speech.gettext("%(amount)s spent in all"), trigger.reaches or 0
    return words % {"amount": speech.money(amount, plan.currency)}


WORDS = TriggerWords(_label)

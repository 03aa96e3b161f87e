"""`spend` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import SpendTrigger
from punchcard.wording.conditions import condition_words
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: SpendTrigger) -> str:
    if trigger.every is not None:
        words, amount = speech.gettext("Every %(amount)s spent"), trigger.every
    else:
        words, amount = speech.gettext("%(amount)s spent in all"), trigger.reaches or 0
    return words % {"amount": speech.money(amount, plan.currency)}


def _sentences(speech: Speech, plan: Plan, trigger: SpendTrigger) -> Iterator[str]:
    if trigger.every is not None:
        words = speech.gettext(
            "Each time a customer has spent another %(amount)s, the campaign starts for them once; "
            "what they spent beyond that counts towards the next %(amount)s."
        )
        yield words % {"amount": speech.money(trigger.every, plan.currency)}
    else:
        words = speech.gettext(
            "As soon as a customer has spent %(amount)s in all, the campaign starts for them, and never again."
        )
        yield words % {"amount": speech.money(trigger.reaches or 0, plan.currency)}
    if trigger.where is not None:
        words = speech.gettext("Only those orders count for which it is true that %(condition)s.")
        yield words % {"condition": condition_words(speech, plan, trigger.where)}
    yield speech.gettext(
        "What counts is what was paid for goods: after discounts, without tax, shipping and gift cards, "
        "and less what was refunded."
    )


WORDS = TriggerWords(_label, _sentences)

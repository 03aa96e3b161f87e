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
    elif (span := _within(speech, trigger)) is not None:
        words, amount = speech.gettext("%(amount)s spent within %(span)s"), trigger.reaches or 0
        return words % {"amount": speech.money(amount, plan.currency), "span": span}
    else:
        words, amount = speech.gettext("%(amount)s spent in all"), trigger.reaches or 0
    return words % {"amount": speech.money(amount, plan.currency)}


def _within(speech: Speech, trigger: SpendTrigger) -> str | None:
    if trigger.within_months is not None:
        return speech.months(trigger.within_months)
    return None if trigger.within is None else speech.span(trigger.within)


def _sentences(speech: Speech, plan: Plan, trigger: SpendTrigger) -> Iterator[str]:
    amount = speech.money(trigger.every or trigger.reaches or 0, plan.currency)
    span = _within(speech, trigger)
    if trigger.drops:
        words = speech.gettext(
            "Each time a customer has spent %(amount)s, the campaign starts for them once, and counting begins anew; "
            "what they spent beyond that does not count towards the next."
        )
        yield words % {"amount": amount}
    elif span is not None:
        words = speech.gettext(
            "Each time a customer has spent %(amount)s within %(span)s, the campaign starts for them once; "
            "each order counts towards one such occasion."
        )
        yield words % {"amount": amount, "span": span}
    elif trigger.every is not None:
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

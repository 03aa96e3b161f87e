"""`order` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import OrderTrigger
from punchcard.wording.conditions import condition_words
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


def _sentences(speech: Speech, plan: Plan, trigger: OrderTrigger) -> Iterator[str]:
    if trigger.first and (trigger.over is not None or trigger.where is not None):
        yield speech.gettext(
            "The first of a customer's orders that counts starts the campaign, once for each customer."
        )
    elif trigger.first:
        yield speech.gettext("A customer's first order starts the campaign, once for each customer.")
    elif trigger.every is not None and trigger.every > 1:
        words = speech.gettext(
            "After every %(count)s orders of a customer, the campaign starts for them once."
        )
        yield words % {"count": speech.number(trigger.every)}
    else:
        yield speech.gettext("Each order starts the campaign for the customer who placed it.")
    if trigger.over is not None:
        words = speech.gettext("Only orders over %(amount)s count.")
        yield words % {"amount": speech.money(trigger.over, plan.currency)}
    if trigger.where is not None:
        words = speech.gettext("Only those orders count for which it is true that %(condition)s.")
        yield words % {"condition": condition_words(speech, plan, trigger.where)}
    match trigger.status:
        case "placed":
            yield speech.gettext("An order counts as soon as it is placed.")
        case "paid":
            yield speech.gettext("An order counts as soon as it is paid for.")
        case "delivered":
            yield speech.gettext("An order counts as soon as it is delivered.")


WORDS = TriggerWords(_label, _sentences)

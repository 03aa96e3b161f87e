"""`items` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import ItemsTrigger
from punchcard.wording.conditions import condition_words
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: ItemsTrigger) -> str:
    words = speech.ngettext("Every unit bought", "Every %(count)s units bought", trigger.every)
    return words % {"count": speech.number(trigger.every)}


def _sentences(speech: Speech, plan: Plan, trigger: ItemsTrigger) -> Iterator[str]:
    words = speech.ngettext(
        "For each unit that a customer has bought, the campaign starts for them once.",
        "For every %(count)s units that a customer has bought, the campaign starts for them once.",
        trigger.every,
    )
    yield words % {"count": speech.number(trigger.every)}
    if trigger.where is not None:
        words = speech.gettext("Only those units count for which it is true that %(condition)s.")
        yield words % {"condition": condition_words(speech, plan, trigger.where)}
    yield speech.gettext(
        "Units count as soon as their order is paid for; what was free does not, nor what was returned."
    )


WORDS = TriggerWords(_label, _sentences)

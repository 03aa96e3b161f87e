"""`inactive` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import InactiveTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.filtering import who_counts
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: InactiveTrigger) -> str:
    return speech.gettext("No order for %(span)s") % {"span": _span(speech, trigger)}


def _span(speech: Speech, trigger: InactiveTrigger) -> str:
    return speech.months(trigger.months or 0) if trigger.millis is None else speech.span(trigger.millis)


def _sentences(speech: Speech, plan: Plan, trigger: InactiveTrigger) -> Iterator[str]:
    if trigger.minute is None:
        words = speech.gettext(
            "When a customer's last order lies %(span)s back, the campaign starts for them, once for each last order."
        )
        yield words % {"span": _span(speech, trigger)}
    else:
        words = speech.gettext(
            "When a customer's last order lies %(span)s back and it is %(time)s in their time zone, "
            "the campaign starts for them, once for each last order."
        )
        yield words % {"span": _span(speech, trigger), "time": speech.minute(trigger.minute)}
    yield from who_counts(speech, plan, trigger.where)


WORDS = TriggerWords(_label, _sentences)

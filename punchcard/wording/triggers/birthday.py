"""`birthday` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import BirthdayTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.filtering import who_counts
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: BirthdayTrigger) -> str:
    if not trigger.days_before:
        return speech.gettext("Birthday, at %(time)s") % {"time": speech.minute(trigger.minute)}
    words = speech.ngettext(
        "%(count)s day before the birthday, at %(time)s",
        "%(count)s days before the birthday, at %(time)s",
        trigger.days_before,
    )
    return words % {"count": speech.number(trigger.days_before), "time": speech.minute(trigger.minute)}


def _sentences(speech: Speech, plan: Plan, trigger: BirthdayTrigger) -> Iterator[str]:
    time = speech.minute(trigger.minute)
    if trigger.days_before:
        words = speech.ngettext(
            "%(count)s day before a birthday, at %(time)s in the customer's time zone, the campaign starts for them.",
            "%(count)s days before a birthday, at %(time)s in the customer's time zone, the campaign starts for them.",
            trigger.days_before,
        )
        yield words % {"count": speech.number(trigger.days_before), "time": time}
    else:
        words = speech.gettext(
            "On a customer's birthday, at %(time)s in their time zone, the campaign starts for them."
        )
        yield words % {"time": time}
    yield speech.gettext("Each birthday counts once; whose birthday is not known is left out.")
    yield from who_counts(speech, plan, trigger.where)


WORDS = TriggerWords(_label, _sentences)

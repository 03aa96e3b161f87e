"""`anniversary` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import AnniversaryTrigger
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.filtering import who_counts
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: AnniversaryTrigger) -> str:
    time = speech.minute(trigger.minute)
    if not trigger.days_before:
        words = speech.gettext("Anniversary: %(what)s, at %(time)s")
        return words % {"what": _what(speech, trigger), "time": time}
    words = speech.ngettext(
        "%(count)s day before the anniversary: %(what)s, at %(time)s",
        "%(count)s days before the anniversary: %(what)s, at %(time)s",
        trigger.days_before,
    )
    return words % {"count": speech.number(trigger.days_before), "what": _what(speech, trigger), "time": time}


def _what(speech: Speech, trigger: AnniversaryTrigger) -> str:
    match trigger.of:
        case "joining":
            return speech.gettext("the day on which we first heard of the customer")
        case "first_order":
            return speech.gettext("the first order")
        case name:
            return title_of(name)


def _sentences(speech: Speech, plan: Plan, trigger: AnniversaryTrigger) -> Iterator[str]:
    words = speech.gettext(
        "%(label)s in the customer's time zone: the campaign starts for them, once each year."
    )
    yield words % {"label": _label(speech, plan, trigger)}
    yield from who_counts(speech, plan, trigger.where)


WORDS = TriggerWords(_label, _sentences)

"""`segment` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import SegmentTrigger
from punchcard.wording.conditions import segment_name
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.filtering import who_counts
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: SegmentTrigger) -> str:
    words = speech.gettext("Leaves %(segment)s") if trigger.leaves else speech.gettext("Enters %(segment)s")
    return words % {"segment": segment_name(speech, trigger.segment)}


def _sentences(speech: Speech, plan: Plan, trigger: SegmentTrigger) -> Iterator[str]:
    words = (
        speech.gettext(
            "When a customer leaves the segment %(segment)s, the campaign starts for them, each time anew."
        )
        if trigger.leaves
        else speech.gettext(
            "When a customer enters the segment %(segment)s, the campaign starts for them, each time anew."
        )
    )
    yield words % {"segment": segment_name(speech, trigger.segment)}
    if trigger.already_in:
        yield speech.gettext("It also starts for everyone who is in it when the campaign begins.")
    elif not trigger.leaves:
        yield speech.gettext(
            "Who is in it when the campaign begins has not entered it: for them it does not start."
        )
    yield from who_counts(speech, plan, trigger.where)


WORDS = TriggerWords(_label, _sentences)

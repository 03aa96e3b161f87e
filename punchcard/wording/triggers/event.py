"""`event` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan
from punchcard.plan.triggers import EventTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: EventTrigger) -> str:
    return speech.gettext("Event %(name)s") % {"name": trigger.name.replace("_", " ")}


WORDS = TriggerWords(_label)

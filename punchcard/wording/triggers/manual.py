"""`manual` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan
from punchcard.plan.triggers import ManualTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: ManualTrigger) -> str:
    return speech.gettext("Started by hand")


WORDS = TriggerWords(_label)

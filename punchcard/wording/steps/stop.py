"""`stop` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Stop
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Stop) -> Label:
    sentence = speech.gettext("Ends here")
    return Label(speech.gettext("Stop"), step.reason or speech.gettext("End"), sentence)


def _clause(speech: Speech, plan: Plan, step: Stop) -> str:
    return speech.gettext("then ends")


WORDS = StepWords(_label, _clause)

"""`if` in words."""

from __future__ import annotations

from punchcard.plan.model import If, Plan
from punchcard.wording.conditions import condition_words
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: If) -> Label:
    words = condition_words(speech, plan, step.condition)
    return Label(speech.gettext("If"), step.source, speech.gettext("If %(condition)s") % {"condition": words})


def _clause(speech: Speech, plan: Plan, step: If) -> str:
    return speech.gettext("then decides by “%(condition)s”") % {"condition": step.source}


def _way(speech: Speech, plan: Plan, step: If, name: str) -> str:
    return speech.gettext("If so") if name == "then" else speech.gettext("Otherwise")


WORDS = StepWords(_label, _clause, _way, opens="then")

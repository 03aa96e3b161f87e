"""`start` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Start
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Start) -> Label:
    name = title_of(step.campaign)
    sentence = speech.gettext("We start the campaign “%(campaign)s” for the customer") % {"campaign": name}
    return Label(speech.gettext("Start"), name, sentence)


def _clause(speech: Speech, plan: Plan, step: Start) -> str:
    return speech.gettext("then starts the campaign “%(campaign)s”") % {"campaign": title_of(step.campaign)}


WORDS = StepWords(_label, _clause)

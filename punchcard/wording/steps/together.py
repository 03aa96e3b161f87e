"""`together` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Together
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Together) -> Label:
    if step.wait_for == "all":
        sentence = speech.gettext("We go these ways side by side, and on when all have ended")
        return Label(speech.gettext("Together"), speech.gettext("All of these"), sentence)
    sentence = speech.gettext("We go these ways side by side; when one has ended, the others end too")
    return Label(speech.gettext("Together"), speech.gettext("The first of these"), sentence)


def _clause(speech: Speech, plan: Plan, step: Together) -> str:
    return speech.gettext("then goes several ways side by side")


def _way(speech: Speech, plan: Plan, step: Together, name: str) -> str:
    return speech.gettext("Way “%(name)s”") % {"name": title_of(name)}


WORDS = StepWords(_label, _clause, _way)

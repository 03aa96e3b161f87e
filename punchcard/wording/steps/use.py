"""`use` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Use
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Use) -> Label:
    name = title_of(step.name)
    return Label(
        speech.gettext("Shared step"), name, speech.gettext("The shared step “%(name)s”") % {"name": name}
    )


def _clause(speech: Speech, plan: Plan, step: Use) -> str:
    return speech.gettext("then goes on with “%(name)s”") % {"name": title_of(step.name)}


def _way(speech: Speech, plan: Plan, step: Use, name: str) -> str:
    return speech.gettext("Its steps")


WORDS = StepWords(_label, _clause, _way, opens="steps")

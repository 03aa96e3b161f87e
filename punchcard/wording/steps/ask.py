"""`ask` in words."""

from __future__ import annotations

from punchcard.plan.model import Ask, Plan
from punchcard.wording.answers import answer_words
from punchcard.wording.moments import limit_words, moment_name
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Ask) -> Label:
    name = title_of(step.message)
    sentence = speech.gettext("Asks “%(message)s” (%(answer)s) and waits %(limit)s for the answer") % {
        "message": name,
        "answer": answer_words(speech, step.answer),
        "limit": limit_words(speech, step.up_to),
    }
    return Label(speech.gettext("Ask"), name, sentence, moment_name(speech, step.up_to))


def _clause(speech: Speech, plan: Plan, step: Ask) -> str:
    return speech.gettext("then asks “%(message)s”") % {"message": title_of(step.message)}


def _way(speech: Speech, plan: Plan, step: Ask, name: str) -> str:
    return speech.gettext("If it comes in time") if name == "then" else speech.gettext("When the time is up")


WORDS = StepWords(_label, _clause, _way)

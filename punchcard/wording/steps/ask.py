"""`ask` in words."""

from __future__ import annotations

from punchcard.plan.model import Ask, Plan
from punchcard.wording.answers import answer_words
from punchcard.wording.following import goes_on
from punchcard.wording.moments import at_most_words, moment_name
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Ask) -> Label:
    name = title_of(step.message)
    sentence = speech.gettext("We ask “%(message)s” and wait %(limit)s for the answer: %(answer)s") % {
        "message": name,
        "answer": answer_words(speech, step.answer),
        "limit": at_most_words(speech, plan, step.up_to),
    }
    if not step.otherwise:
        silent = (
            speech.gettext("%(sentence)s; without one it goes on all the same")
            if goes_on(plan, step)
            else speech.gettext("%(sentence)s; without one it ends")
        )
        sentence = silent % {"sentence": sentence}
    return Label(speech.gettext("Ask"), name, sentence, moment_name(speech, step.up_to))


def _clause(speech: Speech, plan: Plan, step: Ask) -> str:
    return speech.gettext("then asks “%(message)s”") % {"message": title_of(step.message)}


def _way(speech: Speech, plan: Plan, step: Ask, name: str) -> str:
    if name == "then":
        return speech.gettext("If the answer has come by then")
    return speech.gettext("If no answer has come by then")


WORDS = StepWords(_label, _clause, _way)

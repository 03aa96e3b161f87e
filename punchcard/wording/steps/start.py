"""`start` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Start
from punchcard.wording.moments import at_most_words, moment_name
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import UNDO, Label, StepWords, undo_words


def _label(speech: Speech, plan: Plan, step: Start) -> Label:
    name = title_of(step.campaign)
    if step.up_to is None:
        sentence = speech.gettext("We start the campaign “%(campaign)s” for the customer")
        return Label(speech.gettext("Start"), name, sentence % {"campaign": name})
    sentence = speech.gettext(
        "We start the campaign “%(campaign)s” for the customer, and wait %(limit)s until it has ended"
    ) % {"campaign": name, "limit": at_most_words(speech, plan, step.up_to)}
    return Label(speech.gettext("Start"), name, sentence, moment_name(speech, step.up_to))


def _clause(speech: Speech, plan: Plan, step: Start) -> str:
    return speech.gettext("then starts the campaign “%(campaign)s”") % {"campaign": title_of(step.campaign)}


def _way(speech: Speech, plan: Plan, step: Start, name: str) -> str:
    if name == UNDO:
        return undo_words(speech)
    if name == "on_error":
        return speech.gettext("If it cannot be started")
    if name == "then":
        return speech.gettext("Once it has ended")
    return speech.gettext("If it has not ended by then, or did not start")


WORDS = StepWords(_label, _clause, _way)

"""`send` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Send
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import UNDO, Label, StepWords, undo_words


def _label(speech: Speech, plan: Plan, step: Send) -> Label:
    name = title_of(step.message)
    if step.disturbs is None:
        sentence = speech.gettext("We send the message “%(message)s”")
    elif step.disturbs:
        sentence = speech.gettext("We send the message “%(message)s”, in quiet hours too")
    else:
        sentence = speech.gettext("We send the message “%(message)s”, but not in quiet hours")
    return Label(speech.gettext("Send"), name, sentence % {"message": name})


def _clause(speech: Speech, plan: Plan, step: Send) -> str:
    return speech.gettext("then sends “%(message)s”") % {"message": title_of(step.message)}


def _way(speech: Speech, plan: Plan, step: Send, name: str) -> str:
    if name == UNDO:
        return undo_words(speech)
    return speech.gettext("If it cannot be delivered")


WORDS = StepWords(_label, _clause, _way)

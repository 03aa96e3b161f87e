"""`wait` in words, with and without events."""

from __future__ import annotations

from punchcard.plan.model import Plan, Wait
from punchcard.wording.moments import limit_words, moment_name
from punchcard.wording.names import event_name
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Wait) -> Label:
    until = moment_name(speech, step.until)
    if not step.events:
        sentence = speech.gettext("Waits: %(moment)s") % {"moment": until}
        return Label(speech.gettext("Wait"), until, sentence)
    events = _events(speech, step)
    sentence = speech.gettext("Waits %(limit)s for: %(events)s") % {
        "events": events,
        "limit": limit_words(speech, step.until),
    }
    return Label(speech.gettext("Wait for"), events, sentence, until)


def _clause(speech: Speech, plan: Plan, step: Wait) -> str:
    if not step.events:
        return speech.gettext("then waits (%(moment)s)") % {"moment": moment_name(speech, step.until)}
    return speech.gettext("then waits for: %(events)s") % {"events": _events(speech, step)}


def _way(speech: Speech, plan: Plan, step: Wait, name: str) -> str:
    match name:
        case "then":
            return speech.gettext("If it comes in time")
        case "otherwise":
            return speech.gettext("When the time is up")
        case _:
            return speech.gettext("On: %(event)s") % {"event": event_name(speech, name)}


def _events(speech: Speech, step: Wait) -> str:
    return speech.either([event_name(speech, name) for name in step.events])


WORDS = StepWords(_label, _clause, _way)

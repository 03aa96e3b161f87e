"""`wait` in words, with and without events."""

from __future__ import annotations

from punchcard.plan.model import Plan, Wait
from punchcard.wording.happenings import event_clause, events_clause
from punchcard.wording.moments import at_most_words, moment_name, until_words
from punchcard.wording.names import event_name
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Wait) -> Label:
    until = moment_name(speech, step.until)
    if not step.events:
        sentence = speech.gettext("We wait %(span)s") % {"span": until_words(speech, plan, step.until)}
        return Label(speech.gettext("Wait"), until, sentence)
    sentence = speech.gettext("We wait until %(events)s, %(limit)s") % {
        "events": events_clause(speech, plan, step.events),
        "limit": at_most_words(speech, plan, step.until),
    }
    return Label(speech.gettext("Wait for"), _events(speech, step), sentence, until)


def _clause(speech: Speech, plan: Plan, step: Wait) -> str:
    if not step.events:
        return speech.gettext("then waits (%(moment)s)") % {"moment": moment_name(speech, step.until)}
    return speech.gettext("then waits for: %(events)s") % {"events": _events(speech, step)}


def _way(speech: Speech, plan: Plan, step: Wait, name: str) -> str:
    match name:
        case "then":
            own = {branch.name for branch in step.branches}
            rest = tuple(event for event in step.events if event not in own)
            return speech.gettext("If %(condition)s") % {"condition": events_clause(speech, plan, rest)}
        case "otherwise":
            if len(step.events) > 1:
                return speech.gettext("If none of that has happened by then")
            return speech.gettext("If that has not happened by then")
        case _:
            return speech.gettext("If %(condition)s") % {"condition": event_clause(speech, plan, name)}


def _events(speech: Speech, step: Wait) -> str:
    return speech.either([event_name(speech, name) for name in step.events])


WORDS = StepWords(_label, _clause, _way)

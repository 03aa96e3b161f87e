"""`repeat` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Repeat
from punchcard.wording.conditions import condition_words
from punchcard.wording.moments import moment_name
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Repeat) -> Label:
    times = _times(speech, step)
    name = times
    if step.every is not None:
        span = moment_name(speech, step.every)
        name = speech.gettext("%(times)s, every %(span)s") % {"times": times, "span": span}
    if step.until is None:
        sentence = speech.gettext("We do this again and again, %(times)s") % {"times": name}
    else:
        sentence = speech.gettext("We do this again and again, %(times)s, until %(condition)s") % {
            "times": name,
            "condition": condition_words(speech, plan, step.until),
        }
    return Label(speech.gettext("Repeat"), name, sentence)


def _times(speech: Speech, step: Repeat) -> str:
    if step.until is None:
        return speech.ngettext("%(count)s time", "%(count)s times", step.times) % {"count": step.times}
    words = speech.ngettext("at most %(count)s time", "at most %(count)s times", step.times)
    return words % {"count": step.times}


def _clause(speech: Speech, plan: Plan, step: Repeat) -> str:
    return speech.gettext("then begins a round, or ends the rounds")


def _way(speech: Speech, plan: Plan, step: Repeat, name: str) -> str:
    return speech.gettext("In each round")


WORDS = StepWords(_label, _clause, _way, opens="steps")

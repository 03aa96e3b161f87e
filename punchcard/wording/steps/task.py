"""`task` in words."""

from __future__ import annotations

import re

from punchcard.plan.model import Plan, Task
from punchcard.wording.moments import moment_name
from punchcard.wording.names import in_turn, title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords

_FIELD = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")
LONGEST = 80


def _label(speech: Speech, plan: Plan, step: Task) -> Label:
    sentence = speech.gettext("Asks %(roles)s to do: “%(task)s”, each for %(span)s at most") % {
        "roles": in_turn(speech, step.by),
        "task": brief(step.do),
        "span": moment_name(speech, step.up_to),
    }
    return Label(
        speech.gettext("Task"),
        speech.gettext("%(role)s: %(task)s") % {"role": title_of(step.by[0]), "task": brief(step.do)},
        sentence,
        moment_name(speech, step.up_to),
    )


def brief(do: str) -> str:
    """Return what is to be done in one line, with the names of its fields in brackets."""
    line = " ".join(_FIELD.sub(r"[\1]", do).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _clause(speech: Speech, plan: Plan, step: Task) -> str:
    return speech.gettext("then asks %(roles)s to do something") % {"roles": in_turn(speech, step.by)}


def _way(speech: Speech, plan: Plan, step: Task, name: str) -> str:
    return (
        speech.gettext("Once it is done") if name == "then" else speech.gettext("If nobody does it in time")
    )


WORDS = StepWords(_label, _clause, _way)

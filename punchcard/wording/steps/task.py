"""`task` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Task
from punchcard.wording.following import goes_on
from punchcard.wording.letters import readable
from punchcard.wording.moments import moment_name
from punchcard.wording.names import in_turn, title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords

LONGEST = 80


def _label(speech: Speech, plan: Plan, step: Task) -> Label:
    if len(step.by) == 1:
        sentence = speech.gettext("We give %(roles)s a task, to be done within %(span)s: %(task)s")
    else:
        sentence = speech.gettext("We give %(roles)s a task, each for at most %(span)s: %(task)s")
    sentence = sentence % {
        "roles": in_turn(speech, step.by),
        "task": speech.quote(" ".join(readable(speech, step.do).split()).rstrip(".")),
        "span": moment_name(speech, step.up_to),
    }
    if not step.otherwise:
        undone = (
            speech.gettext("%(sentence)s. If nobody has done it by then, it goes on all the same")
            if goes_on(plan, step)
            else speech.gettext("%(sentence)s. If nobody has done it by then, it ends")
        )
        sentence = undone % {"sentence": sentence}
    return Label(
        speech.gettext("Task"),
        speech.gettext("%(role)s: %(task)s") % {"role": title_of(step.by[0]), "task": brief(speech, step.do)},
        sentence,
        moment_name(speech, step.up_to),
    )


def brief(speech: Speech, do: str) -> str:
    """Return what is to be done in one short line, with the names of its fields in brackets."""
    line = " ".join(readable(speech, do).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _clause(speech: Speech, plan: Plan, step: Task) -> str:
    return speech.gettext("then asks %(roles)s to do something") % {"roles": in_turn(speech, step.by)}


def _way(speech: Speech, plan: Plan, step: Task, name: str) -> str:
    return (
        speech.gettext("Once it is done") if name == "then" else speech.gettext("If nobody does it in time")
    )


WORDS = StepWords(_label, _clause, _way)

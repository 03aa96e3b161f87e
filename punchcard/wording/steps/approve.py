"""`approve` in words."""

from __future__ import annotations

from punchcard.plan.model import Approve, Plan
from punchcard.wording.following import goes_on
from punchcard.wording.letters import readable
from punchcard.wording.moments import moment_name
from punchcard.wording.names import in_turn
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Approve) -> Label:
    if len(step.by) == 1:
        words = speech.gettext("We ask %(roles)s to approve it, within %(span)s")
    else:
        words = speech.gettext("We ask %(roles)s to approve it, each for at most %(span)s")
    sentence = words % {
        "roles": in_turn(speech, step.by),
        "span": moment_name(speech, step.up_to),
    }
    if step.do is not None:
        what = speech.quote(" ".join(readable(speech, step.do).split()).rstrip("."))
        sentence = f"{sentence}: {what}"
    if not step.otherwise:
        undecided = (
            speech.gettext("%(sentence)s. Without a decision it goes on")
            if goes_on(plan, step)
            else speech.gettext("%(sentence)s. Without a decision it ends")
        )
        sentence = undecided % {"sentence": sentence}
    roles = in_turn(speech, step.by)
    return Label(speech.gettext("Approval"), roles, sentence, moment_name(speech, step.up_to))


def _clause(speech: Speech, plan: Plan, step: Approve) -> str:
    return speech.gettext("then asks %(roles)s to approve") % {"roles": in_turn(speech, step.by)}


def _way(speech: Speech, plan: Plan, step: Approve, name: str) -> str:
    match name:
        case "approved":
            return speech.gettext("If it is approved")
        case "rejected":
            return speech.gettext("If it is rejected")
        case _:
            return speech.gettext("If nobody decides in time")


WORDS = StepWords(_label, _clause, _way)

"""`stop` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Stop
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Stop) -> Label:
    if step.takes_back:
        words = speech.gettext("What was done is taken back, the latest first, and it ends here: %(reason)s")
        sentence = words % {"reason": step.reason or ""}
        return Label(speech.gettext("Stop"), step.reason or speech.gettext("End"), sentence)
    if step.reason is None:
        return Label(speech.gettext("Stop"), speech.gettext("End"), speech.gettext("It ends here"))
    sentence = speech.gettext("It ends here: %(reason)s") % {"reason": step.reason}
    return Label(speech.gettext("Stop"), step.reason, sentence)


def _clause(speech: Speech, plan: Plan, step: Stop) -> str:
    return speech.gettext("then ends")


WORDS = StepWords(_label, _clause)

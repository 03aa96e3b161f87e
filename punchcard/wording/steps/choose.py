"""`choose` in words."""

from __future__ import annotations

from punchcard.plan.conditions import segments
from punchcard.plan.model import Choose, Plan
from punchcard.wording.conditions import segment_name, value_words
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Choose) -> Label:
    sentence = speech.gettext("It depends on %(value)s") % {"value": value_words(speech, plan, step.value)}
    return Label(speech.gettext("Choose"), step.source, sentence)


def _clause(speech: Speech, plan: Plan, step: Choose) -> str:
    return speech.gettext("then goes on by “%(value)s”") % {"value": step.source}


def _way(speech: Speech, plan: Plan, step: Choose, name: str) -> str:
    if name == "otherwise":
        return speech.gettext("Otherwise")
    segment = next((each for each in segments(step.value) if each.name == name), None)
    if segment is not None:
        return speech.gettext("If it is %(value)s") % {"value": segment_name(speech, segment)}
    if name.endswith(".."):
        return speech.gettext("If it is %(value)s or more") % {"value": name.removesuffix("..").strip()}
    return speech.gettext("If it is %(value)s") % {"value": name.replace("..", "–").replace("_", " ")}


WORDS = StepWords(_label, _clause, _way)

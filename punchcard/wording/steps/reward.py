"""`reward` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Reward
from punchcard.wording.moments import moment_name
from punchcard.wording.offers import offer_words
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Reward) -> Label:
    worth = offer_words(speech, step.offer, plan.currency)
    if step.expires is None:
        sentence = speech.gettext("Gives %(worth)s as %(name)s") % {"worth": worth, "name": step.name}
    else:
        sentence = speech.gettext("Gives %(worth)s as %(name)s, valid for %(span)s") % {
            "worth": worth,
            "name": step.name,
            "span": moment_name(speech, step.expires),
        }
    return Label(speech.gettext("Reward"), worth, sentence)


def _clause(speech: Speech, plan: Plan, step: Reward) -> str:
    return speech.gettext("then gives %(worth)s") % {"worth": offer_words(speech, step.offer, plan.currency)}


WORDS = StepWords(_label, _clause)

"""`reward` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Reward
from punchcard.wording.moments import lasts, until_words
from punchcard.wording.offers import offer_words
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Reward) -> Label:
    worth = offer_words(speech, step.offer, plan.currency, step.orders)
    if step.expires is None:
        sentence = speech.gettext("We give %(worth)s as “%(name)s”, valid without end")
    elif lasts(step.expires):
        sentence = speech.gettext("We give %(worth)s as “%(name)s”, valid for %(span)s")
    else:
        sentence = speech.gettext("We give %(worth)s as “%(name)s”, valid %(span)s")
    span = until_words(speech, plan, step.expires) if step.expires else ""
    filled = sentence % {"worth": worth, "name": step.name.replace("_", " "), "span": span}
    return Label(speech.gettext("Reward"), worth, filled)


def _clause(speech: Speech, plan: Plan, step: Reward) -> str:
    worth = offer_words(speech, step.offer, plan.currency, step.orders)
    return speech.gettext("then gives %(worth)s") % {"worth": worth}


WORDS = StepWords(_label, _clause)

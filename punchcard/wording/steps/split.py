"""`split` in words."""

from __future__ import annotations

from punchcard.plan.model import Plan, Split
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Split) -> Label:
    shares = [f"{speech.share(one.share)} {speech.quote(title_of(one.name))}" for one in step.branches]
    sentence = speech.gettext("We divide the customers by lot: %(shares)s") % {"shares": speech.both(shares)}
    return Label(speech.gettext("Split"), speech.gettext("Variants"), sentence)


def _clause(speech: Speech, plan: Plan, step: Split) -> str:
    return speech.gettext("then divides the customers")


def _way(speech: Speech, plan: Plan, step: Split, name: str) -> str:
    share = next(one.share for one in step.branches if one.name == name)
    return speech.gettext("Variant “%(name)s” (%(share)s)") % {
        "name": title_of(name),
        "share": speech.share(share),
    }


WORDS = StepWords(_label, _clause, _way)

"""`split` in words."""

from __future__ import annotations

from punchcard.plan.model import KeepBest, Plan, Split
from punchcard.wording.happenings import event_clause
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Split) -> Label:
    shares = [f"{speech.share(one.share)} {speech.quote(title_of(one.name))}" for one in step.branches]
    sentence = speech.gettext("We divide the customers by lot: %(shares)s") % {"shares": speech.both(shares)}
    if step.keep_best is None:
        return Label(speech.gettext("Split"), speech.gettext("Variants"), sentence)
    whole = f"{sentence}. {_kept(speech, plan, step.keep_best)}"
    return Label(speech.gettext("Split"), speech.gettext("Experiment"), whole)


def _kept(speech: Speech, plan: Plan, keep_best: KeepBest) -> str:
    return speech.gettext(
        "Once it is %(sure)s sure in which variant %(event)s more often (time for it: %(span)s), all who come later "
        "take that one; we look from %(count)s customers in each variant on"
    ) % {
        "sure": speech.share(keep_best.sure),
        "event": event_clause(speech, plan, keep_best.by),
        "span": speech.span(keep_best.within),
        "count": speech.number(keep_best.after),
    }


def _clause(speech: Speech, plan: Plan, step: Split) -> str:
    return speech.gettext("then divides the customers")


def _way(speech: Speech, plan: Plan, step: Split, name: str) -> str:
    share = next(one.share for one in step.branches if one.name == name)
    return speech.gettext("Variant “%(name)s” (%(share)s)") % {
        "name": title_of(name),
        "share": speech.share(share),
    }


WORDS = StepWords(_label, _clause, _way)

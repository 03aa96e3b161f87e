"""What a campaign may cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from punchcard.plan.model import BoundedShareOff, Budget, Period, Plan, ShareOff
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech
from punchcard.wording.things import rewards_of

PERIODS: Mapping[Period, Callable[[Speech], str]] = MappingProxyType(
    {
        "day": lambda speech: speech.gettext("On each day"),
        "week": lambda speech: speech.gettext("In each calendar week"),
        "month": lambda speech: speech.gettext("In each calendar month"),
        "quarter": lambda speech: speech.gettext("In each calendar quarter"),
        "year": lambda speech: speech.gettext("In each calendar year"),
    }
)


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield the budget, or that there is none; nothing for a campaign that gives nothing."""
    if not rewards_of(plan):
        return
    if plan.budget is None:
        yield Line(speech.gettext("There is no budget: nothing bounds what all customers together may get."))
        return
    yield from (Line(words) for words in _bounds(speech, plan.budget, plan.currency))
    if plan.budget.amount is not None:
        yield Line(_what_counts(speech, plan))
    if plan.budget.then == "stop":
        words = speech.gettext(
            "Once that is used up, nothing more is given: whoever would get a reward then gets none, and for them it "
            "ends there."
        )
    else:
        words = speech.gettext(
            "Once that is used up, nothing more is given: whoever would get a reward then waits as an incident, "
            "until somebody decides."
        )
    yield Line(words)
    if plan.budget.periods and plan.budget.then == "stop":
        yield Line(speech.gettext("With each new period there is room again."))
    elif plan.budget.periods:
        words = speech.gettext(
            "With each new period there is room again, and whoever waits for it is tried again by itself."
        )
        yield Line(words)


def _bounds(speech: Speech, budget: Budget, currency: str) -> Iterator[str]:
    if not budget.periods:
        yield _for_good(speech, budget, currency)
        return
    for bound, per in (
        (replace(budget, amount=None), budget.rewards_per),
        (replace(budget, rewards=None), budget.amount_per),
    ):
        if bound.rewards is None and bound.amount is None:
            continue
        yield _for_good(speech, bound, currency) if per is None else _in_each(speech, bound, currency, per)


def _in_each(speech: Speech, bound: Budget, currency: str, per: Period) -> str:
    when = PERIODS[per](speech)
    if bound.rewards is None:
        words = speech.gettext("%(when)s, all codes together may take off at most %(amount)s.")
        return words % {"when": when, "amount": speech.money(bound.amount or 0, currency)}
    words = speech.ngettext(
        "%(when)s, all customers together get at most %(count)s reward.",
        "%(when)s, all customers together get at most %(count)s rewards.",
        bound.rewards,
    )
    return words % {"when": when, "count": speech.number(bound.rewards)}


def _for_good(speech: Speech, budget: Budget, currency: str) -> str:
    facts = {
        "count": speech.number(budget.rewards or 0),
        "amount": speech.money(budget.amount or 0, currency),
    }
    if budget.rewards is None:
        return speech.gettext("All codes together may take off at most %(amount)s.") % facts
    if budget.amount is None:
        words = speech.ngettext(
            "All customers together get at most %(count)s reward.",
            "All customers together get at most %(count)s rewards.",
            budget.rewards,
        )
        return words % facts
    words = speech.ngettext(
        "All customers together get at most %(count)s reward, and what is taken off is at most %(amount)s.",
        "All customers together get at most %(count)s rewards, and what they take off is at most %(amount)s together.",
        budget.rewards,
    )
    return words % facts


def _what_counts(speech: Speech, plan: Plan) -> str:
    """What an amount counts of codes that are out."""
    if any(
        isinstance(offer, ShareOff) and not isinstance(offer, BoundedShareOff)
        for offer in rewards_of(plan).values()
    ):
        return speech.gettext(
            "What a code takes off is counted when it is used; before that, if it is bounded, the most that it can."
        )
    return speech.gettext(
        "A code counts with the most that it can take off while it can be used, and with what it did once it is used."
    )

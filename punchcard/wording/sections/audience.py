"""Who gets a campaign, and how often."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Limit, Plan
from punchcard.plan.triggers import OrderTrigger, SpendTrigger, Trigger
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield whom it reaches, whom it holds out, and the limit for one customer."""
    if plan.holdout:
        words = speech.gettext(
            "All customers but %(share)s: these are drawn by lot, once and for all, to compare with. "
            "They are followed like the others, and get neither rewards nor messages."
        )
        yield Line(words % {"share": speech.share(plan.holdout)})
    else:
        yield Line(speech.gettext("All customers."))
    if plan.limit is not None:
        yield Line(_limit(speech, plan.limit))
    elif not _once_at_most(plan.trigger):
        yield Line(speech.gettext("There is no limit to how often one customer gets it."))


def _once_at_most(trigger: Trigger) -> bool:
    """Tell whether the trigger itself lets a customer have it once only."""
    match trigger:
        case SpendTrigger(reaches=reaches):
            return reaches is not None
        case OrderTrigger(first=first):
            return first
        case _:
            return False


def _limit(speech: Speech, limit: Limit) -> str:
    words = speech.gettext(
        "One customer gets it %(often)s; what they earn beyond that is recorded and gives nothing."
    )
    return words % {"often": _often(speech, limit)}


def _often(speech: Speech, limit: Limit) -> str:
    if limit.rolling is not None:
        words = speech.ngettext(
            "at most once in any %(span)s", "at most %(count)s times in any %(span)s", limit.count
        )
        return words % {"count": speech.number(limit.count), "span": speech.span(limit.rolling)}
    match limit.period:
        case "day":
            words = speech.ngettext("at most once a day", "at most %(count)s times a day", limit.count)
        case "week":
            words = speech.ngettext(
                "at most once a calendar week", "at most %(count)s times a calendar week", limit.count
            )
        case "month":
            words = speech.ngettext(
                "at most once a calendar month", "at most %(count)s times a calendar month", limit.count
            )
        case "quarter":
            words = speech.ngettext(
                "at most once a calendar quarter", "at most %(count)s times a calendar quarter", limit.count
            )
        case "year":
            words = speech.ngettext(
                "at most once a calendar year", "at most %(count)s times a calendar year", limit.count
            )
        case _:
            words = speech.ngettext("at most once", "at most %(count)s times in all", limit.count)
    return words % {"count": speech.number(limit.count)}

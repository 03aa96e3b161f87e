"""Who gets a campaign, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from punchcard.plan.model import Again, Limit, Plan
from punchcard.plan.program import segments_of
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    OrderTrigger,
    ScheduleTrigger,
    SpendTrigger,
    Trigger,
)
from punchcard.wording.conditions import condition_words, segment_name
from punchcard.wording.often import often_words
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield whom it reaches, whom it holds out, and how often one customer gets it."""
    if plan.audience is not None:
        words = speech.gettext("Customers, if %(condition)s; what counts is the time when they earn it.")
        yield Line(words % {"condition": condition_words(speech, plan, plan.audience.where)})
    if plan.holdout:
        yield Line(_held_out(speech, plan))
    elif plan.audience is None:
        yield Line(speech.gettext("All customers."))
    yield from _repeated(speech, plan)
    for segment in segments_of(plan):
        words = speech.gettext("A customer is in the segment %(name)s if %(condition)s.")
        counted = replace(plan, currency=segment.currency or plan.currency)
        condition = condition_words(speech, counted, segment.rule)
        yield Line(words % {"name": segment_name(speech, segment), "condition": condition})


def _held_out(speech: Speech, plan: Plan) -> str:
    if plan.audience is None:
        words = speech.gettext(
            "All customers but %(share)s: these are drawn by lot, once and for all, to compare with. "
            "They are followed like the others, and get neither rewards nor messages."
        )
    else:
        words = speech.gettext(
            "Of these %(share)s are held out: they are drawn by lot, once and for all, to compare with. "
            "They are followed like the others, and get neither rewards nor messages."
        )
    return words % {"share": speech.share(plan.holdout)}


def _repeated(speech: Speech, plan: Plan) -> Iterator[Line]:
    if plan.again is not None:
        yield Line(_again(speech, plan.again))
    match plan.if_running:
        case "ignore":
            yield Line(
                speech.gettext(
                    "While it is running for a customer, it does not start for them a second time: "
                    "what they earn meanwhile is recorded and gives nothing."
                )
            )
        case "restart":
            yield Line(
                speech.gettext("If it starts for a customer for whom it is running, that run ends first.")
            )
        case "parallel":
            pass
        case other:
            assert_never(other)
    if plan.limit is not None:
        yield Line(_limit(speech, plan.limit))
    elif isinstance(plan.trigger, BirthdayTrigger | AnniversaryTrigger):
        yield Line(speech.gettext("A customer gets it once a year."))
    elif not (_is_apart(plan) or plan.once or _once_at_most(plan.trigger)):
        yield Line(speech.gettext("There is no limit to how often one customer gets it."))


def _again(speech: Speech, again: Again) -> str:
    match again.rule:
        case "once":
            return speech.gettext("Each customer gets it once, however often they earn it.")
        case "after_exit":
            return speech.gettext("A customer gets it again only once the run before has ended.")
        case "after":
            words = speech.gettext("A customer gets it again no sooner than %(span)s after the time before.")
            span = speech.span(again.after or 0) if again.months is None else speech.months(again.months)
            return words % {"span": span}
        case other:
            assert_never(other)


def _is_apart(plan: Plan) -> bool:
    """Tell whether some time lies between two that one customer gets."""
    return plan.again is not None and plan.again.rule == "after"


def _once_at_most(trigger: Trigger) -> bool:
    """Tell whether the trigger itself lets a customer have it once only."""
    match trigger:
        case SpendTrigger(reaches=reaches):
            return reaches is not None
        case OrderTrigger(first=first):
            return first
        case ScheduleTrigger(date=date):
            return date is not None
        case _:
            return False


def _limit(speech: Speech, limit: Limit) -> str:
    words = speech.gettext(
        "One customer gets it %(often)s; what they earn beyond that is recorded and gives nothing."
    )
    return words % {"often": often_words(speech, limit)}

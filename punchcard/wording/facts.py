"""A campaign's settings as a list of facts: what it is for, whom it reaches, what it may cost, how exact it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from punchcard.plan.conditions import Apply, Expression, Segment, segments
from punchcard.plan.exactness import triggers_class
from punchcard.plan.model import Again, Budget, Digest, Goal, Limit, Pace, Period, Plan, StopWhen
from punchcard.wording.conditions import condition_words, segment_name
from punchcard.wording.exactness import class_words
from punchcard.wording.happenings import events_clause
from punchcard.wording.moments import moment_name
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.triggers import trigger_words


@dataclass(frozen=True, slots=True)
class Fact:
    """One setting: its name, its value, and a sentence beneath it where it needs one."""

    name: str
    value: str
    note: str = ""


def campaign_facts(speech: Speech, plan: Plan) -> list[Fact]:
    """Return the settings of a campaign that has them, the most telling first."""
    return list(_facts(speech, plan))


def _facts(speech: Speech, plan: Plan) -> Iterator[Fact]:
    yield Fact(speech.gettext("Starts"), trigger_words(speech, plan))
    name = triggers_class(plan)
    yield Fact(
        speech.gettext("Exactness"),
        speech.gettext("Class %(name)s") % {"name": name},
        class_words(speech, name),
    )
    if plan.goal is not None:
        yield Fact(speech.gettext("Goal"), _goal(speech, plan.goal))
    yield from _entry(speech, plan)
    if plan.limit is not None:
        yield Fact(
            speech.gettext("Limit"),
            _limit(speech, plan.limit),
            speech.gettext("Counted by business time (class B)."),
        )
    if plan.budget is not None:
        yield Fact(
            speech.gettext("Budget"),
            _budget(speech, plan.budget, plan.currency),
            speech.gettext("It goes to whoever commits first (class D)."),
        )
    if plan.holdout:
        yield Fact(
            speech.gettext("Holdout"),
            speech.share(plan.holdout),
            speech.gettext("Never rewarded, kept to compare with."),
        )
    if plan.starts or plan.ends:
        yield Fact(speech.gettext("Dates"), _dates(speech, plan.starts, plan.ends))
    yield Fact(speech.gettext("After a refund"), _on_refund(speech, plan))
    yield Fact(speech.gettext("After a pause"), _on_resume(speech, plan))
    yield Fact(speech.gettext("Time zone"), f"{plan.timezone}")
    if plan.owner:
        yield Fact(speech.gettext("Owner"), plan.owner)


def _entry(speech: Speech, plan: Plan) -> Iterator[Fact]:
    """Who takes part, and which of a customer's occasions count."""
    if plan.audience is not None:
        yield Fact(
            speech.gettext("Audience"),
            _audience(speech, plan, plan.audience.where),
            speech.gettext("Judged when something is earned (class D)."),
        )
    if plan.again is not None:
        yield Fact(speech.gettext("Again"), _again(speech, plan.again))
    match plan.if_running:
        case "ignore":
            yield Fact(speech.gettext("While one is running"), speech.gettext("A further one does not start"))
        case "restart":
            yield Fact(
                speech.gettext("While one is running"), speech.gettext("A further one takes its place")
            )
        case "parallel":
            pass
        case other:
            assert_never(other)
    if plan.digest is not None:
        yield Fact(speech.gettext("Gathers"), _digest(speech, plan.digest))
    if plan.pace is not None:
        yield Fact(speech.gettext("Pace"), _pace(speech, plan.pace))
    if plan.stop_when is not None:
        yield Fact(
            speech.gettext("Ends early if"),
            _stop_when(speech, plan, plan.stop_when),
            speech.gettext("What was given stays given."),
        )


def _audience(speech: Speech, plan: Plan, where: Expression) -> str:
    match where:
        case Segment():
            return segment_name(speech, where)
        case Apply(operator="or", operands=operands) if all(isinstance(each, Segment) for each in operands):
            return speech.either([segment_name(speech, each) for each in segments(where)])
        case _:
            return speech.gettext("Only if %(condition)s") % {
                "condition": condition_words(speech, plan, where)
            }


def _digest(speech: Speech, digest: Digest) -> str:
    if digest.minute is None:
        return speech.gettext("What one customer earns within %(span)s, as one") % {
            "span": moment_name(speech, digest.span)
        }
    words = speech.gettext("What one customer earns within %(span)s and until %(time)s then, as one")
    return words % {"span": moment_name(speech, digest.span), "time": speech.minute(digest.minute)}


def _pace(speech: Speech, pace: Pace) -> str:
    words = speech.gettext("Up to %(count)s start in %(span)s")
    return words % {"count": speech.number(pace.count), "span": speech.span(pace.per)}


def _stop_when(speech: Speech, plan: Plan, rule: StopWhen) -> str:
    if rule.condition is not None:
        return condition_words(speech, plan, rule.condition)
    return events_clause(speech, plan, rule.events)


def _again(speech: Speech, again: Again) -> str:
    match again.rule:
        case "once":
            return speech.gettext("Once for each customer")
        case "after_exit":
            return speech.gettext("Not before the one that is running has ended")
        case "after":
            span = speech.span(again.after or 0) if again.months is None else speech.months(again.months)
            return speech.gettext("Not within %(span)s of the one before") % {"span": span}
        case other:
            assert_never(other)


def _goal(speech: Speech, goal: Goal) -> str:
    if goal.raise_by < 0:
        words = speech.gettext("%(measure)s down %(share)s within %(span)s")
    else:
        words = speech.gettext("%(measure)s up %(share)s within %(span)s")
    return words % {
        "measure": title_of(goal.measure),
        "share": speech.share(abs(goal.raise_by)),
        "span": moment_name(speech, goal.within),
    }


def _limit(speech: Speech, limit: Limit) -> str:
    count = speech.number(limit.count)
    if limit.moves is not None:
        words = speech.gettext("%(count)s in any %(span)s for each customer")
        return words % {"count": count, "span": moment_name(speech, limit.moves)}
    match limit.period:
        case "day":
            words = speech.gettext("%(count)s a day for each customer")
        case "week":
            words = speech.gettext("%(count)s a week for each customer")
        case "month":
            words = speech.gettext("%(count)s a month for each customer")
        case "quarter":
            words = speech.gettext("%(count)s a quarter for each customer")
        case "year":
            words = speech.gettext("%(count)s a year for each customer")
        case _:
            words = speech.gettext("%(count)s in all for each customer")
    return words % {"count": count}


def _budget(speech: Speech, budget: Budget, currency: str) -> str:
    parts = []
    if budget.rewards is not None:
        rewards = speech.ngettext("%(count)s reward", "%(count)s rewards", budget.rewards)
        given = rewards % {"count": speech.number(budget.rewards)}
        parts.append(_in_each(speech, given, budget.rewards_per))
    if budget.amount is not None:
        parts.append(_in_each(speech, speech.money(budget.amount, currency), budget.amount_per))
    return speech.both(parts)


def _in_each(speech: Speech, bound: str, per: Period | None) -> str:
    match per:
        case None:
            return bound
        case "day":
            words = speech.gettext("%(bound)s a day")
        case "week":
            words = speech.gettext("%(bound)s a week")
        case "month":
            words = speech.gettext("%(bound)s a month")
        case "quarter":
            words = speech.gettext("%(bound)s a quarter")
        case "year":
            words = speech.gettext("%(bound)s a year")
        case other:
            assert_never(other)
    return words % {"bound": bound}


def _dates(speech: Speech, starts: str | None, ends: str | None) -> str:
    begin = speech.day(starts) if starts else speech.gettext("publication")
    end = speech.day(ends) if ends else speech.gettext("further notice")
    return speech.gettext("from %(begin)s to %(end)s") % {"begin": begin, "end": end}


def _on_refund(speech: Speech, plan: Plan) -> str:
    if plan.on_refund == "forgive":
        return speech.gettext("Unused rewards are revoked, used ones forgiven")
    return speech.gettext("Unused rewards are revoked, used ones count as a debt")


def _on_resume(speech: Speech, plan: Plan) -> str:
    match plan.on_resume:
        case "shift":
            return speech.gettext("What was due moves on by the length of the pause")
        case "send_all":
            return speech.gettext("All that was due is sent")
        case _:
            return speech.gettext("What is too late by then is left out")

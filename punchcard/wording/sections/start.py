"""What starts a campaign, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Digest, NextTime, Plan, Wait
from punchcard.plan.triggers import ByOrders, OrderTrigger
from punchcard.wording.moments import moment_name
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech
from punchcard.wording.triggers import trigger_sentences


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield the trigger's sentences, the campaign's dates, and what becomes of imported history."""
    for sentence in trigger_sentences(speech, plan):
        yield Line(sentence)
    if plan.digest is not None:
        yield Line(_digest(speech, plan.digest))
        match plan.steps[:1]:
            case (Wait(until=NextTime(minute=minute, weekday=int(weekday))),) if minute == plan.digest.minute:
                words = speech.gettext(
                    "The wait that follows begins at that very time: on a %(weekday)s, it lasts a week."
                )
                yield Line(words % {"weekday": speech.weekday(weekday)})
    yield Line(_dates(speech, plan.starts, plan.ends))
    if plan.pace is not None:
        words = speech.gettext(
            "No more than %(count)s start within %(span)s, one after the other. Waiting for a turn makes nobody late."
        )
        yield Line(words % {"count": speech.number(plan.pace.count), "span": speech.span(plan.pace.per)})
    if isinstance(plan.trigger, ByOrders):
        if plan.count_history:
            words = speech.gettext(
                "Orders that are imported as history count too; what they alone have earned is recorded "
                "and rewards nobody."
            )
        elif isinstance(plan.trigger, OrderTrigger) and plan.trigger.first:
            words = speech.gettext(
                "Whoever has an order that counts among those imported as history has had the first one, and is not "
                "started for."
            )
        else:
            words = speech.gettext("Orders that are imported as history do not count: everyone begins anew.")
        yield Line(words)


def _digest(speech: Speech, digest: Digest) -> str:
    words = speech.gettext(
        "What one customer earns within %(span)s is gathered into one, for which it starts once that time is over."
    )
    if digest.minute is None:
        return words % {"span": moment_name(speech, digest.span)}
    words = speech.gettext(
        "What one customer earns within %(span)s is gathered into one, for which it starts at %(time)s thereafter."
    )
    return words % {"span": moment_name(speech, digest.span), "time": speech.minute(digest.minute)}


def _dates(speech: Speech, starts: str | None, ends: str | None) -> str:
    days = {"begin": speech.long_day(starts) if starts else "", "end": speech.long_day(ends) if ends else ""}
    if starts and ends:
        words = speech.gettext("It runs from %(begin)s to %(end)s, both days included.")
    elif starts:
        words = speech.gettext("It runs from %(begin)s until further notice.")
    elif ends:
        words = speech.gettext("It runs from its publication to %(end)s, that day included.")
    else:
        words = speech.gettext("It runs from its publication until further notice.")
    return words % days

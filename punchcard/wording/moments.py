"""When something is due, in words."""

from __future__ import annotations

from typing import assert_never

from punchcard.plan.model import After, AfterMonths, Beside, EndOfDayAfter, Moment, NextTime, OnDate
from punchcard.wording.speech import Speech


def moment_name(speech: Speech, moment: Moment) -> str:
    """Return a moment as a label: `7 days`, `coupon expires`, `Monday 09:00`."""
    match moment:
        case After(millis=millis):
            return speech.span(millis)
        case AfterMonths(months=months):
            return speech.months(months)
        case Beside():
            return _beside(speech, moment)
        case OnDate(date=date, minute=minute):
            day = speech.day(date)
            return f"{day}, {speech.minute(minute)}" if minute else day
        case NextTime(minute=minute, weekday=weekday):
            time = speech.minute(minute)
            return time if weekday is None else f"{speech.weekday(weekday)} {time}"
        case EndOfDayAfter(days=days, months=months):
            parts = [speech.span(days * 24 * 3600 * 1000)] if days or not months else []
            return ", ".join([speech.months(months), *parts] if months else parts)
        case _:
            assert_never(moment)


def limit_words(speech: Speech, moment: Moment) -> str:
    """Return a moment as the limit of a wait: `at most 7 days`, `until coupon expires`."""
    match moment:
        case After() | AfterMonths() | EndOfDayAfter():
            words = speech.gettext("at most %(span)s")
            return words % {"span": moment_name(speech, moment)}
        case Beside() | OnDate() | NextTime():
            return speech.gettext("until %(moment)s") % {"moment": moment_name(speech, moment)}
        case _:
            assert_never(moment)


def _beside(speech: Speech, moment: Beside) -> str:
    if moment.field == "expires":
        anchor = speech.gettext("%(reward)s expires") % {"reward": moment.name}
    else:
        anchor = f"{moment.name}.{moment.field}"
    if moment.shift == 0:
        return anchor
    words = (
        speech.gettext("%(span)s before %(moment)s")
        if moment.shift < 0
        else speech.gettext("%(span)s after %(moment)s")
    )
    return words % {"span": speech.span(moment.shift), "moment": anchor}

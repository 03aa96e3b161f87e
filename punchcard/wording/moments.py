"""When something is due, in words."""

from __future__ import annotations

from typing import assert_never

from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    EndOfDayAfter,
    Moment,
    NextTime,
    OnDate,
    Plan,
    WorkingDays,
    WorkingHours,
)
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.things import of_the_reward, rewards_of

# A reward that expires on a date does so with that day's last minute.
HOUR = 3600 * 1000
LAST_MINUTE = 24 * 60 - 1


def moment_name(speech: Speech, moment: Moment) -> str:
    """Return a moment as a label: `7 days`, `coupon expires`, `Monday 09:00`."""
    match moment:
        case After(millis=millis):
            return speech.span(millis)
        case AfterMonths(months=months):
            return speech.months(months)
        case WorkingDays(days=days):
            words = speech.ngettext("%(count)s working day", "%(count)s working days", days)
            return words % {"count": speech.number(days)}
        case WorkingHours(millis=millis):
            hours = millis // HOUR
            words = speech.ngettext("%(count)s working hour", "%(count)s working hours", hours)
            return words % {"count": speech.number(hours)}
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


def lasts(moment: Moment) -> bool:
    """Tell whether a moment is said as how long it takes, rather than as when it comes."""
    match moment:
        case After() | AfterMonths() | EndOfDayAfter() | WorkingDays() | WorkingHours():
            return True
        case Beside() | OnDate() | NextTime():
            return False
        case _:
            assert_never(moment)


def until_words(speech: Speech, plan: Plan, moment: Moment) -> str:
    """Return how long something lasts, in a sentence: `7 days`, `until the expiry of the coupon`."""
    match moment:
        case After() | AfterMonths() | EndOfDayAfter() | WorkingDays() | WorkingHours():
            return moment_name(speech, moment)
        case Beside():
            return _until(speech, plan, moment)
        case OnDate(date=date, minute=minute):
            if minute in (0, LAST_MINUTE):
                return speech.gettext("until %(day)s") % {"day": speech.long_day(date)}
            words = speech.gettext("until %(day)s at %(time)s")
            return words % {"day": speech.long_day(date), "time": speech.minute(minute)}
        case NextTime(minute=minute, weekday=weekday):
            if weekday is None:
                return speech.gettext("until it is %(time)s") % {"time": speech.minute(minute)}
            words = speech.gettext("until the next %(weekday)s at %(time)s")
            return words % {"weekday": speech.weekday(weekday), "time": speech.minute(minute)}
        case _:
            assert_never(moment)


def at_most_words(speech: Speech, plan: Plan, moment: Moment) -> str:
    """Return a moment as the limit of a wait: `at most 7 days`, `at most until the expiry of the coupon`."""
    return speech.gettext("at most %(span)s") % {"span": until_words(speech, plan, moment)}


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


def _anchor(speech: Speech, name: str) -> str:
    """Return a moment of the occasion as it stands behind `after`, in the case that this asks for."""
    match name:
        case "occasion.occurred_at":
            return speech.pgettext("after", "the occasion")
        case "order.occurred_at":
            return speech.pgettext("after", "the order")
        case "given.expires":
            return speech.pgettext("after", "the end of the reward")
        case "given.redeemed_at":
            return speech.pgettext("after", "the redemption")
        case _:
            return speech.quote(title_of(name.replace(".", " ")))


def _until(speech: Speech, plan: Plan, moment: Beside) -> str:
    if moment.field == "expires" and moment.name in rewards_of(plan):
        if moment.shift == 0:
            words = speech.gettext("until %(reward)s expires")
        elif moment.shift < 0:
            words = speech.gettext("until %(span)s before %(reward)s expires")
        else:
            words = speech.gettext("until %(span)s after %(reward)s has expired")
        reward = of_the_reward(speech, plan, moment.name)
        return words % {"reward": reward, "span": speech.span(moment.shift)}
    anchor = _anchor(speech, f"{moment.name}.{moment.field}")
    if moment.shift == 0:
        words = speech.gettext("until %(moment)s")
    elif moment.shift < 0:
        words = speech.gettext("until %(span)s before %(moment)s")
    else:
        words = speech.gettext("until %(span)s after %(moment)s")
    return words % {"moment": anchor, "span": speech.span(moment.shift)}

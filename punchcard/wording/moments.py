"""When something is due, in words."""

from __future__ import annotations

from typing import Literal, assert_never

from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    DayBeside,
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
        case Beside() | DayBeside():
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
        case Beside() | DayBeside() | OnDate() | NextTime():
            return False
        case _:
            assert_never(moment)


def until_words(speech: Speech, plan: Plan, moment: Moment) -> str:
    """Return how long something lasts, in a sentence: `7 days`, `until the expiry of the coupon`."""
    match moment:
        case After() | AfterMonths() | EndOfDayAfter() | WorkingDays() | WorkingHours():
            return moment_name(speech, moment)
        case Beside() | DayBeside():
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


def _beside(speech: Speech, moment: Beside | DayBeside) -> str:
    side, span = _side(moment), _distance(speech, moment)
    if moment.field == "expires":
        if side == "at":
            words = speech.gettext("%(reward)s expires")
        elif side == "before":
            words = speech.gettext("%(span)s before %(reward)s expires")
        else:
            words = speech.gettext("%(span)s after %(reward)s expires")
        return _at_time(speech, moment, words % {"reward": moment.name, "span": span})
    if side == "at":
        words = "%(moment)s"
    elif side == "before":
        words = speech.gettext("%(span)s before %(moment)s")
    else:
        words = speech.gettext("%(span)s after %(moment)s")
    return _at_time(speech, moment, words % {"span": span, "moment": anchor_words(speech, moment)})


def _until(speech: Speech, plan: Plan, moment: Beside | DayBeside) -> str:
    side, span = _side(moment), _distance(speech, moment)
    if moment.field == "expires" and moment.name in rewards_of(plan):
        if side == "at":
            words = speech.gettext("until %(reward)s expires")
        elif side == "before":
            words = speech.gettext("until %(span)s before %(reward)s expires")
        else:
            words = speech.gettext("until %(span)s after %(reward)s has expired")
        said = words % {"reward": of_the_reward(speech, plan, moment.name), "span": span}
        return _at_time(speech, moment, said)
    if side == "at":
        words = speech.gettext("until %(moment)s")
    elif side == "before":
        words = speech.gettext("until %(span)s before %(moment)s")
    else:
        words = speech.gettext("until %(span)s after %(moment)s")
    anchor = anchor_words(speech, moment, until=side == "at")
    return _at_time(speech, moment, words % {"moment": anchor, "span": span})


def anchor_words(speech: Speech, moment: Beside | DayBeside, *, until: bool = False) -> str:
    """Return what a moment is named beside, as it stands after `before` and `after`, or after `until`."""
    match f"{moment.name}.{moment.field}":
        case "occasion.occurred_at":
            said = speech.pgettext("until", "the occasion"), speech.pgettext("beside", "the occasion")
        case "occasion.birthday":
            said = speech.pgettext("until", "the birthday"), speech.pgettext("beside", "the birthday")
        case "occasion.anniversary":
            said = speech.pgettext("until", "the anniversary"), speech.pgettext("beside", "the anniversary")
        case "order.occurred_at":
            said = speech.pgettext("until", "the order"), speech.pgettext("beside", "the order")
        case "given.expires":
            said = (
                speech.pgettext("until", "the end of the code"),
                speech.pgettext("beside", "the end of the code"),
            )
        case "given.redeemed_at":
            said = speech.pgettext("until", "the redemption"), speech.pgettext("beside", "the redemption")
        case _:
            return speech.quote(title_of(f"{moment.name} {moment.field}"))
    return said[0] if until else said[1]


def _side(moment: Beside | DayBeside) -> Literal["before", "at", "after"]:
    length = moment.months or (moment.shift if isinstance(moment, Beside) else moment.days)
    return "before" if length < 0 else "after" if length else "at"


def _distance(speech: Speech, moment: Beside | DayBeside) -> str:
    match moment:
        case Beside(months=0, shift=shift):
            return speech.span(abs(shift))
        case DayBeside(months=0, days=days):
            return speech.span(abs(days) * 24 * 3600 * 1000)
        case Beside(months=months) | DayBeside(months=months):
            return speech.months(abs(months))


def _at_time(speech: Speech, moment: Beside | DayBeside, said: str) -> str:
    minute = moment.minute if isinstance(moment, DayBeside) else None
    if minute is None:
        return said
    words = speech.gettext("%(when)s, at %(time)s")
    return words % {"when": said, "time": speech.minute(minute)}

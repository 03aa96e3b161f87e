"""`schedule` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import ScheduleTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.filtering import who_counts
from punchcard.wording.triggers.words import TriggerWords

QUARTERS = (1, 4, 7, 10)


def _label(speech: Speech, plan: Plan, trigger: ScheduleTrigger) -> str:
    times = speech.both([speech.minute(each) for each in trigger.minutes])
    return speech.gettext("%(day)s, at %(time)s") % {"day": _days(speech, trigger), "time": times}


def _days(speech: Speech, trigger: ScheduleTrigger) -> str:
    if trigger.date is not None:
        return speech.day(trigger.date)
    if trigger.each is not None:
        words = speech.ngettext("Every day", "Every %(count)s days", trigger.each)
        return words % {"count": speech.number(trigger.each)}
    match trigger.days, trigger.months:
        case (1,), ():
            return speech.gettext("First day of each month")
        case (1,), months if months == QUARTERS:
            return speech.gettext("First day of each quarter")
        case (1,), (1,):
            return speech.gettext("First day of each year")
    return _by_calendar(speech, trigger)


def _by_calendar(speech: Speech, trigger: ScheduleTrigger) -> str:
    """Days of the week or of the month, and the months that they lie in."""
    if trigger.weekdays:
        names = speech.both([speech.weekday(day) for day in trigger.weekdays])
        days = speech.gettext("Every %(weekday)s") % {"weekday": names}
    elif trigger.days:
        days = speech.gettext("On day %(days)s of the month") % {
            "days": speech.both([speech.number(day) for day in trigger.days])
        }
    else:
        days = speech.ngettext("Every day", "Every %(count)s days", 1)
    if not trigger.months:
        return days
    months = speech.both([speech.month_name(number) for number in trigger.months])
    return speech.gettext("%(days)s in %(months)s") % {"days": days, "months": months}


def _sentences(speech: Speech, plan: Plan, trigger: ScheduleTrigger) -> Iterator[str]:
    if trigger.zone == "customer":
        words = speech.gettext(
            "%(when)s in the customer's time zone, the campaign starts for every customer."
        )
    else:
        words = speech.gettext(
            "%(when)s in the campaign's time zone, the campaign starts for every customer."
        )
    yield words % {"when": _when(speech, plan, trigger)}
    yield from who_counts(speech, plan, trigger.where)


def _when(speech: Speech, plan: Plan, trigger: ScheduleTrigger) -> str:
    """At the beginning of a sentence."""
    if trigger.date is None:
        return _label(speech, plan, trigger)
    times = speech.both([speech.minute(each) for each in trigger.minutes])
    return speech.gettext("On %(day)s, at %(time)s") % {"day": speech.long_day(trigger.date), "time": times}


WORDS = TriggerWords(_label, _sentences)

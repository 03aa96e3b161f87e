"""In which money, by whose clock and in which language a campaign speaks."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan, WorkingTime
from punchcard.plan.program import listens
from punchcard.plan.triggers import AnniversaryTrigger, InactiveTrigger
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech

MIDNIGHT = 24 * 60
LENGTH_OF_DATE = len("2026-12-25")


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield what holds where a customer or an order says otherwise, or nothing."""
    if _asks_whether_ordered(plan):
        words = speech.gettext(
            "Amounts are in %(currency)s, and so are the orders that are counted; whether and when a customer has "
            "ordered goes by orders in any currency."
        )
    else:
        words = speech.gettext("Amounts are in %(currency)s; orders in another currency do not count.")
    yield Line(words % {"currency": speech.currency_name(plan.currency)})
    words = speech.gettext(
        "Times are those of the customer's own time zone; where it is unknown, those of %(zone)s."
    )
    yield Line(words % {"zone": plan.timezone})
    if plan.calendar is not None:
        yield Line(_working(speech, plan.calendar))
    words = speech.gettext(
        "Messages are in the customer's own language if they are written in it, else in %(language)s."
    )
    yield Line(words % {"language": speech.language_name(plan.language)})


def _asks_whether_ordered(plan: Plan) -> bool:
    match plan.trigger:
        case InactiveTrigger() | AnniversaryTrigger(of="first_order"):
            return True
    return "customer.ordered" in listens(plan)


def _working(speech: Speech, working: WorkingTime) -> str:
    """Say when the shop works: what `2 working days` count by."""
    parts = {"days": working_days(speech, working), "zone": working.zone}
    if working.end - working.start == MIDNIGHT:
        said = speech.gettext("Working days are %(days)s by the clock of %(zone)s.") % parts
    else:
        words = speech.gettext(
            "Working days are %(days)s from %(start)s to %(end)s by the clock of %(zone)s."
        )
        said = words % {**parts, "start": speech.minute(working.start), "end": speech.minute(working.end)}
    if not working.holidays:
        return said
    holidays = speech.both([holiday_words(speech, each) for each in working.holidays])
    free = speech.gettext("Nobody works on %(holidays)s.") % {"holidays": holidays}
    return f"{said} {free}"


def working_days(speech: Speech, working: WorkingTime) -> str:
    """Return the days of the week on which the shop works: `Monday to Friday`."""
    first, last = working.weekdays[0], working.weekdays[-1]
    if len(working.weekdays) > 2 and last - first == len(working.weekdays) - 1:
        words = speech.pgettext("weekdays", "%(first)s to %(last)s")
        return words % {"first": speech.weekday(first), "last": speech.weekday(last)}
    return speech.both([speech.weekday(day) for day in working.weekdays])


def holiday_words(speech: Speech, day: str) -> str:
    """Return a day on which nobody works; one of each year stands without a year."""
    return speech.long_day(day) if len(day) == LENGTH_OF_DATE else speech.day_of_year(day)

"""`birthday`: the customer's birthday, or some days before it."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import DAYS, TIME_OF_DAY
from punchcard.language.names import BIRTHDAY as NAMES
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.language.triggers.skipping import warn_of_skipped
from punchcard.plan.triggers import NINE, BirthdayTrigger

DAYS_BEFORE = Argument("days_before", DAYS, "how many days ahead of it", default="0")
AT = Argument(
    "at", TIME_OF_DAY, "the time of day, in the customer's zone, else the campaign's", default="09:00"
)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of a birthday has its day; the day of birth is the customer's."""
    return Scope(facts=NAMES)


def build(fields: Fields, context: Context) -> BirthdayTrigger | None:
    """Return the trigger."""
    if unread(fields, DAYS_BEFORE, AT, WHO):
        return None
    at, where = fields.get(AT), fields.get(WHO)
    minute = NINE if at is None else at
    warn_of_skipped(context, fields.span_of(AT), (minute,))
    return BirthdayTrigger(
        days_before=fields.get(DAYS_BEFORE) or 0,
        minute=minute,
        where=where.expression if where else None,
    )


BIRTHDAY = TriggerRow(
    name="birthday",
    says="The customer's birthday, or some days before it. Who was born on 29 February has it on the 28th in other "
    "years. Each birthday is served once, even if the date is corrected; whose birthday is unknown has none.",
    arguments=(DAYS_BEFORE, AT, WHO),
    main="days_before",
    names=names,
    filtered=CUSTOMERS,
    build=build,
    example="when:\n  birthday: {days_before: 7}",
)

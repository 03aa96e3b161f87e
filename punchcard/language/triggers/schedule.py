"""`schedule`: a date or a rhythm, for all customers."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

from punchcard.language import nodes, rhythms
from punchcard.language.grammar import Argument, Context, Fields, Kind, Many, TriggerRow
from punchcard.language.kinds import DATE, TIME_OF_DAY, one_of, simple
from punchcard.language.names import OCCASION
from punchcard.language.nodes import Node
from punchcard.language.rhythms import Rhythm
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.language.triggers.skipping import warn_of_skipped
from punchcard.plan.triggers import NINE, ScheduleTrigger

_ONE: Kind[Rhythm] = simple("a rhythm", ("monday", "month", "2 weeks"), rhythms.every)


def _every(node: Node, context: Context) -> Rhythm | None:
    """Read one rhythm, or several weekdays."""
    if not isinstance(node, nodes.Sequence):
        return _ONE.read(node, context)
    found = [_ONE.read(item, context) for item in node.items]
    weekdays = [each.weekdays for each in found if each is not None and each.weekdays]
    if len(weekdays) == len(node.items) and weekdays:
        return Rhythm(weekdays=tuple(sorted({day for days in weekdays for day in days})))
    if None not in found:
        context.findings.add(
            "PC1231", node.span, "only weekdays can be listed", expected="[monday, thursday]"
        )
    return None


DAY = Argument("date", DATE, "one day", default="one of `date`, `every` and `cron` must be given")
EVERY: Argument[Rhythm] = Argument(
    "every",
    Kind(
        _ONE.name, ("monday", "[monday, thursday]", "month", "2 weeks"), _every, shape=Many(_ONE, alone=True)
    ),
    "a rhythm: of a month, quarter or year its first day; weeks and days are counted from `starts`",
    default="one of `date`, `every` and `cron` must be given",
)
CRON = Argument(
    "cron",
    simple("five fields", ("0 9 * * mon-fri",), rhythms.cron),
    "a rhythm as schedulers write it, which says the time, too",
    default="one of `date`, `every` and `cron` must be given",
)
AT = Argument("at", TIME_OF_DAY, "the time of day", default="09:00")
ZONE = Argument("zone", one_of("customer", "campaign"), "by whose clock", default="customer")


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of a schedule has its time."""
    return Scope(facts=OCCASION)


def build(fields: Fields, context: Context) -> ScheduleTrigger | None:
    """Return the trigger; it says in one way when it is due."""
    if fields.unread:
        return None
    given = [argument for argument in (DAY, EVERY, CRON) if fields.has(argument)]
    if len(given) != 1:
        message = "a schedule says in one way when it is due" if given else "this schedule never comes"
        span = fields.entries[given[1].name].key.span if given else fields.span
        expected = "one of `date: 2026-12-01`, `every: monday` and `cron: 0 9 * * mon`"
        context.findings.add("PC1103", span, message, expected=expected)
        return None
    if fields.has(CRON) and fields.has(AT):
        span = fields.entries["at"].key.span
        context.findings.add("PC1103", span, "`cron` says the time already", expected="`cron` without `at`")
        return None
    if unread(fields, DAY, EVERY, CRON, AT, ZONE, WHO):
        return None
    trigger = _trigger(fields)
    place = fields.span_of(CRON if fields.has(CRON) else AT)
    warn_of_skipped(context, place, trigger.minutes, (trigger.date,) if trigger.date else None)
    return trigger


def _trigger(fields: Fields) -> ScheduleTrigger:
    at, where = fields.get(AT), fields.get(WHO)
    rhythm = fields.get(EVERY) or fields.get(CRON) or Rhythm()
    timed = rhythm if rhythm.minutes else replace(rhythm, minutes=(NINE if at is None else at,))
    return ScheduleTrigger(
        date=fields.get(DAY),
        days=timed.days,
        months=timed.months,
        weekdays=timed.weekdays,
        each=timed.each,
        minutes=timed.minutes,
        zone=cast('Literal["customer", "campaign"]', fields.get(ZONE) or "customer"),
        where=where.expression if where else None,
    )


SCHEDULE = TriggerRow(
    name="schedule",
    says="A date or a rhythm, for every customer who is known when it comes.",
    arguments=(DAY, EVERY, CRON, AT, ZONE, WHO),
    names=names,
    filtered=CUSTOMERS,
    build=build,
    example="when:\n  schedule: {date: 2026-12-01, at: 18:00}",
)

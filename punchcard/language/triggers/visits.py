"""`visits`: orders in so many days, weeks, months or quarters in a row."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import COUNT, one_of
from punchcard.language.names import COUNTED, ORDER, ORDER_IN_WHERE
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import WHERE, unread
from punchcard.plan.order_facts import reached
from punchcard.plan.triggers import Period, VisitsTrigger

FEWEST, MOST = 2, 366
CONSECUTIVE = Argument("consecutive", COUNT, "how many of them in a row", required=True)
PER = Argument("per", one_of("day", "week", "month", "quarter"), "of what", default="week")


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of visits has the order that made it, and a number."""
    return Scope(facts=MappingProxyType({**ORDER, **COUNTED}), holding=reached("paid"))


def build(fields: Fields, context: Context) -> VisitsTrigger | None:
    """Return the trigger; one period is no row."""
    wanted, where = fields.get(CONSECUTIVE), fields.get(WHERE)
    if wanted is None or unread(fields, PER, WHERE):
        return None
    if not FEWEST <= wanted <= MOST:
        message = f"{wanted} cannot be a streak"
        context.findings.add(
            "PC1212", fields.span_of(CONSECUTIVE), message, expected=f"a number from {FEWEST} to {MOST}"
        )
        return None
    return VisitsTrigger(
        consecutive=wanted,
        per=cast("Period", fields.get(PER) or "week"),
        where=where.expression if where else None,
    )


VISITS = TriggerRow(
    name="visits",
    says="The customer has ordered in so many weeks (or days, months, quarters) in a row, by the calendar of the "
    "campaign's zone. A streak that goes on has an occasion each time that so many more are full. "
    "Orders alone count: a check-in or another event without an order does not, and there is no streak of events. "
    "`occasion.ordinal` is the number of the customer's occasion over all streaks, not the length of this one. "
    "A streak that breaks starts nothing.",
    arguments=(CONSECUTIVE, PER, WHERE),
    main="consecutive",
    names=names,
    filtered=ORDER_IN_WHERE,
    build=build,
    example="when:\n  visits: {consecutive: 5, per: week}",
)

"""`inactive`: no order for a while."""

from __future__ import annotations

from types import MappingProxyType

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import AHEAD, TIME_OF_DAY
from punchcard.language.names import OCCASION, ORDER
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.language.triggers.skipping import warn_of_skipped
from punchcard.plan.model import After
from punchcard.plan.order_facts import reached
from punchcard.plan.triggers import InactiveTrigger

FOR = Argument("for", AHEAD, "how long after the last order", required=True)
AT = Argument(
    "at",
    TIME_OF_DAY,
    "the next time of day then, in the customer's zone, else the campaign's",
    default="the minute of the last order",
)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of silence has the last order."""
    return Scope(facts=MappingProxyType({**ORDER, **OCCASION}), holding=reached("paid"))


def build(fields: Fields, context: Context) -> InactiveTrigger | None:
    """Return the trigger."""
    span, minute, where = fields.get(FOR), fields.get(AT), fields.get(WHO)
    if span is None or unread(fields, AT, WHO):
        return None
    if minute is not None:
        warn_of_skipped(context, fields.span_of(AT), (minute,))
    condition = where.expression if where else None
    if isinstance(span, After):
        return InactiveTrigger(millis=span.millis, minute=minute, where=condition)
    return InactiveTrigger(months=span.months, minute=minute, where=condition)


INACTIVE = TriggerRow(
    name="inactive",
    says="The customer's last order lies so long back, and there was none since. Once for each last order; who was "
    "inactive before the campaign began is left out.",
    arguments=(FOR, AT, WHO),
    main="for",
    names=names,
    filtered=MappingProxyType({**CUSTOMERS, **ORDER}),
    build=build,
    example="when:\n  inactive: {for: 90 days, at: 10:00}",
)

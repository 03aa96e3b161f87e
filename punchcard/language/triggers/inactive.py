"""`inactive`: no order for a while."""

from __future__ import annotations

from types import MappingProxyType

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import AHEAD
from punchcard.language.names import OCCASION, ORDER
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.plan.model import After
from punchcard.plan.order_facts import reached
from punchcard.plan.triggers import InactiveTrigger

FOR = Argument("for", AHEAD, "how long after the last order", required=True)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of silence has the last order."""
    return Scope(facts=MappingProxyType({**ORDER, **OCCASION}), holding=reached("paid"))


def build(fields: Fields, context: Context) -> InactiveTrigger | None:
    """Return the trigger."""
    span, where = fields.get(FOR), fields.get(WHO)
    if span is None or unread(fields, WHO):
        return None
    condition = where.expression if where else None
    if isinstance(span, After):
        return InactiveTrigger(millis=span.millis, where=condition)
    return InactiveTrigger(months=span.months, where=condition)


INACTIVE = TriggerRow(
    name="inactive",
    says="The customer's last order lies so long back, and there was none since. Once for each last order; who was "
    "inactive before the campaign began is left out.",
    arguments=(FOR, WHO),
    main="for",
    names=names,
    filtered=MappingProxyType({**CUSTOMERS, **ORDER}),
    build=build,
    example="when:\n  inactive: 90 days",
)

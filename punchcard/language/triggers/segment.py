"""`segment`: a customer enters a segment of the programme, or leaves it."""

from __future__ import annotations

from punchcard.language.audience import SEGMENT as NAME
from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import YES_NO
from punchcard.language.names import COUNTED
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.plan.triggers import SegmentTrigger

ENTERS = Argument(
    "enters", NAME, "when a customer comes into this segment", default="`enters` or `leaves` must be given"
)
LEAVES = Argument(
    "leaves",
    NAME,
    "when a customer is no longer in this segment",
    default="`enters` or `leaves` must be given",
)
ALREADY_IN = Argument(
    "already_in",
    YES_NO,
    "with `enters`, whether those begin too who are in it from the beginning",
    default="no",
)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of a segment is numbered: the first, second, third time that this customer enters or leaves."""
    return Scope(facts=COUNTED)


def build(fields: Fields, context: Context) -> SegmentTrigger | None:
    """Return the trigger."""
    if fields.unread or unread(fields, ENTERS, LEAVES, ALREADY_IN, WHO):
        return None
    enters, leaves, where = fields.get(ENTERS), fields.get(LEAVES), fields.get(WHO)
    if (enters is None) == (leaves is None):
        place = fields.entries["leaves"].key.span if leaves is not None else fields.span
        message = "a customer enters or leaves" if leaves is not None else "this does not say which segment"
        expected = "either `enters: at_risk` or `leaves: at_risk`"
        context.findings.add("PC1103", place, message, expected=expected)
        return None
    already_in = fields.get(ALREADY_IN) is True
    if already_in and leaves is not None:
        place = fields.entries["already_in"].key.span
        message = "whoever is in the segment from the beginning has not left it"
        context.findings.add("PC1103", place, message, expected="`already_in` with `enters` only")
        return None
    segment = enters or leaves
    assert segment is not None
    condition = where.expression if where else None
    return SegmentTrigger(segment=segment, leaves=enters is None, already_in=already_in, where=condition)


SEGMENT = TriggerRow(
    name="segment",
    says="The customer enters a segment of the programme, or leaves it. Who is in it is looked up every minute; each "
    "change that is found starts the campaign once. Who is in it when the campaign begins has not entered it, unless "
    "`already_in` says so. When another rule of the segment is published, all begins anew.",
    arguments=(ENTERS, LEAVES, ALREADY_IN, WHO),
    names=names,
    filtered=CUSTOMERS,
    build=build,
    example="when:\n  segment: {enters: at_risk}",
)

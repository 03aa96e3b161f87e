"""Whether a customer is in a segment: its name, looked up in the programme, becomes its rule of this moment."""

from __future__ import annotations

from dataclasses import replace

from punchcard.language.nearest import listed, nearest
from punchcard.language.programme import Programme
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Apply, Expression, Field, Segment

EVERYONE = "everyone"
COUNTED = frozenset({"orders", "spent", "orders_within", "spent_within"})


def segment_called(name: str, programme: Programme, currency: str) -> Segment | Unfit:
    """Return a segment as a campaign of this currency asks for it; why there is none of this name."""
    segment = programme.segments.get(name)
    if segment is None:
        known = list(programme.segments)
        declared = (
            f"`segments: {{{name}: customer.orders >= 5}}` in the programme's file, above what names it"
        )
        meant = nearest(name, known)
        if name in programme.customer_fields:
            rule = (
                f"customer.{name}" if programme.customer_fields[name] == "flag" else f"customer.{name} == …"
            )
            reason = f"`{name}` is a field of the customer, and this place asks for a segment"
            return Unfit(
                "PC1820", reason, f"`segments: {{{name}: {rule}}}` in the programme's file, and its name here"
            )
        return Unfit("PC1820", f"there is no segment `{name}`", listed(known) or declared, meant)
    return segment if currency == programme.currency else _counted_in(segment, programme.currency)


def _counted_in(segment: Segment, currency: str) -> Segment:
    """Return a segment that counts in the programme's currency, whatever the campaign's is."""
    return replace(segment, rule=_in_currency(segment.rule, currency), currency=currency)


def _in_currency(expression: Expression, currency: str) -> Expression:
    match expression:
        case Field(path=(_, name)) if name in COUNTED:
            return replace(expression, currency=currency)
        case Apply(operands=operands):
            return replace(expression, operands=tuple(_in_currency(each, currency) for each in operands))
        case Segment():
            return _counted_in(expression, currency)
        case _:
            return expression

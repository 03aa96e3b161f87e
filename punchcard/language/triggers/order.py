"""`order`: the customer's first order, every nth one, or each."""

import re
from types import MappingProxyType
from typing import Any, cast

from punchcard.language.grammar import Argument, Context, Fields, Kind, TriggerRow
from punchcard.language.kinds import AMOUNT, COUNT, YES_NO, of_text
from punchcard.language.names import COUNTED, OCCASION, ORDER_IN_WHERE
from punchcard.language.names import ORDER as ORDER_NAMES
from punchcard.language.nearest import listed, nearest
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import WHERE
from punchcard.language.unfit import Unfit
from punchcard.plan.order_facts import reached
from punchcard.plan.triggers import OrderStatus, OrderTrigger

_STATES = ("paid", "placed", "delivered")


def _state(text: str) -> str | Unfit:
    if text in _STATES:
        return text
    number = re.fullmatch(r"([0-9]+)(?:st|nd|rd|th|\.)?", text)
    counted = f"; every {number[1]}th order is `{{every: {number[1]}}}`" if number else ""
    counted = "; the first order is `{first: yes}`" if text == "first" else counted
    return Unfit("PC1208", f"`{text}` is not known here", listed(_STATES) + counted, nearest(text, _STATES))


IS = Argument(
    "is",
    Kind(
        "one of the words", _STATES, of_text(listed(_STATES), lambda text, context: _state(text)), closed=True
    ),
    "from which state on an order counts",
    default="paid",
)
FIRST = Argument("first", YES_NO, "only the customer's first order", default="no")
EVERY = Argument("every", COUNT, "each time that so many orders have come together", default="each order")
OVER = Argument("over", AMOUNT, "only orders of more than this amount count", default="any amount")


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of ordering has its order, and a number where orders are counted."""
    counts = (fields.has(FIRST) and fields.get(FIRST) is not False) or fields.has(EVERY)
    facts = MappingProxyType({**ORDER_NAMES, **(COUNTED if counts else OCCASION)})
    return Scope(facts=facts, holding=reached(fields.get(IS) or "paid"))


def build(fields: Fields, context: Context) -> OrderTrigger | None:
    """Return the trigger; `first` and `every` exclude each other."""
    first = fields.get(FIRST) is True
    if first and fields.has(EVERY):
        span = fields.entries["every"].key.span
        context.findings.add(
            "PC1103",
            span,
            "there is one first order, so it cannot be every nth",
            expected="either `first: yes` or `every: 10`",
        )
        return None
    where = fields.get(WHERE)
    arguments: tuple[Argument[Any], ...] = (IS, FIRST, EVERY, OVER, WHERE)
    if any(fields.has(argument) and fields.get(argument) is None for argument in arguments):
        return None
    return OrderTrigger(
        status=cast("OrderStatus", fields.get(IS) or "paid"),
        first=first,
        every=fields.get(EVERY),
        over=fields.get(OVER),
        where=where.expression if where else None,
    )


ORDER = TriggerRow(
    name="order",
    says="The customer's first order, every nth order, or each order.",
    arguments=(IS, FIRST, EVERY, OVER, WHERE),
    main="is",
    names=names,
    filtered=ORDER_IN_WHERE,
    build=build,
    example="when:\n  order: {every: 10}",
)

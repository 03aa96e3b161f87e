"""What the customer buys and gives back in a story: `order` and `refund`."""

from __future__ import annotations

from collections.abc import Mapping

from punchcard.language.grammar import Argument, Fields
from punchcard.language.kinds import COUNT, one_of
from punchcard.language.nodes import Scalar
from punchcard.language.trials.items import RETURNED, SOLD, price_of
from punchcard.language.trials.model import (
    Deed,
    Ordered,
    Refunded,
    Value,
)
from punchcard.language.trials.reading import Reading, Row
from punchcard.language.trials.values import ANY_TEXT, AT, SEVERAL, SUM, VALUES, plain, typed

AMOUNT = Argument(
    "amount", SUM, "what was paid for goods", default="what `items` cost; without them it must be given"
)
BOUGHT = Argument(
    "items",
    SOLD,
    "which items, by their SKU: how many units, and at what price each",
    default="it is not told",
)
ID = Argument(
    "id",
    ANY_TEXT,
    "what refunds and revisions call it",
    default="order-1, order-2 and so on",
)
STATUS = Argument(
    "status", one_of("placed", "paid", "delivered", "cancelled"), "how far it has come", default="paid"
)
REVISION = Argument(
    "revision", COUNT, "which change of the order of this id it is", default="the order itself"
)
ATTRIBUTES = Argument(
    "attributes",
    VALUES,
    "what else the shop says of it; where the programme has `order_fields`, these and no others",
    default="nothing",
)
OCCURRED = Argument("occurred", AT, "when it happened, if it comes in late", default="when it comes in")
TIMES = Argument(
    "times", SEVERAL, "how many such orders; the second is called as the first with -2 behind it", default="1"
)

ABOVE = "`- order:` in a line above"


def _order(fields: Fields, reading: Reading) -> Deed | None:
    items = fields.get(BOUGHT) or {}
    amount = fields.get(AMOUNT) or price_of(items)
    if amount is None and not fields.has(AMOUNT) and not fields.has(BOUGHT):
        message, expected = (
            "this order costs nothing",
            "`order: 499.99`, or `order: {items: {coffee: 3 at 4.50}}`",
        )
        reading.context.findings.add("PC1103", fields.span, message, expected=expected)
    id = fields.get(ID) or f"order-{len(set(reading.orders)) + 1}"
    revision = fields.get(REVISION) or 0
    if revision and not reading.is_known(id, "order", reading.orders, fields.span_of(ID), ABOVE):
        return None
    again = tuple(f"{id}-{number}" for number in range(2, (fields.get(TIMES) or 1) + 1))
    reading.orders += [id, *again]
    if amount is None:
        return None
    return Ordered(
        amount,
        id,
        fields.get(STATUS) or "paid",
        revision,
        _attributes(fields.get(ATTRIBUTES), reading),
        fields.get(OCCURRED),
        again,
        items,
    )


def _attributes(given: Mapping[str, Scalar] | None, reading: Reading) -> Mapping[str, Value]:
    """What the shop says of an order: of the declared types, where the programme declares any."""
    declared = reading.context.programme.order_fields
    return typed(given, declared, "an order", reading.context) if declared else plain(given)


ORDER: Row[Deed] = Row(
    "order",
    "The customer orders.",
    (AMOUNT, BOUGHT, ID, TIMES, STATUS, REVISION, ATTRIBUTES, OCCURRED),
    _order,
    "- order: 499.99",
    "amount",
)

OF = Argument("order", ANY_TEXT, "the order's id", required=True)
PART = Argument("amount", SUM, "how much of it", default="all of it")
BACK = Argument("items", RETURNED, "which units of its items come back", default="it is not told")


def _refund(fields: Fields, reading: Reading) -> Deed | None:
    order = fields.get(OF)
    if order is None or not reading.is_known(order, "order", reading.orders, fields.span_of(OF), ABOVE):
        return None
    if fields.has(PART) and fields.has(BACK):
        span = fields.entries["items"].key.span
        message = "a refund is of an amount or of items"
        reading.context.findings.add("PC1103", span, message, expected="either `amount` or `items`")
        return None
    return Refunded(order, fields.get(PART), fields.get(OCCURRED), fields.get(BACK) or {})


REFUND: Row[Deed] = Row(
    "refund", "An order is refunded.", (OF, PART, BACK, OCCURRED), _refund, "- refund: order-1", "order"
)

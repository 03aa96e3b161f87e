"""`items`: so many units bought, in whichever orders."""

from types import MappingProxyType

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import COUNT
from punchcard.language.names import COUNTED, ORDER, ORDER_IN_WHERE
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import WHERE, unread
from punchcard.plan.order_facts import reached
from punchcard.plan.triggers import ItemsTrigger

EVERY = Argument(
    "every",
    COUNT,
    "each time that so many units were bought; free ones and returned ones do not count",
    required=True,
)
ITEM = MappingProxyType({"item.sku": "text", "item.price": "money"})


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of units has the order with which they were full, and a number."""
    return Scope(facts=MappingProxyType({**ORDER, **COUNTED}), holding=reached("paid"))


def build(fields: Fields, context: Context) -> ItemsTrigger | None:
    """Return the trigger."""
    every, where = fields.get(EVERY), fields.get(WHERE)
    if every is None or unread(fields, WHERE):
        return None
    return ItemsTrigger(every=every, where=where.expression if where else None)


ITEMS = TriggerRow(
    name="items",
    says="The customer has bought so many units, of the lines of their orders that `where` takes: it looks at each "
    "line's `item.sku`, at what was paid for one unit as `item.price`, and at its order. The rest carries over.",
    arguments=(EVERY, WHERE),
    main="every",
    names=names,
    filtered=MappingProxyType({**ORDER_IN_WHERE, **ITEM}),
    build=build,
    example='when:\n  items: {every: 10, where: item.sku == "coffee"}',
)

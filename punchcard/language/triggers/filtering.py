"""`where`: the filter that a trigger may have, on orders and events, or on customers."""

from types import MappingProxyType
from typing import Any

from punchcard.language.expressions import Condition, where
from punchcard.language.grammar import Argument, Context, Fields, Kind, Text
from punchcard.language.kinds import scalar
from punchcard.language.names import CUSTOMER, FACTS
from punchcard.language.nodes import Node


def _where(node: Node, context: Context) -> Condition | None:
    found = scalar(node, context, "a condition such as order.amount > 20")
    return where(found, context) if found else None


WHERE: Argument[Condition] = Argument(
    "where",
    Kind("a condition", ("order.amount > 20",), _where, shape=Text()),
    "which of them count",
    default="all",
)
WHO: Argument[Condition] = Argument(
    "where",
    Kind("a condition", ("customer.orders > 3",), _where, shape=Text()),
    "which customers count, as they are when they are due",
    default="all",
)
# What `where` can name if it looks at customers.
CUSTOMERS = MappingProxyType({**CUSTOMER, **FACTS})


def unread(fields: Fields, *arguments: Argument[Any]) -> bool:
    """Whether one of the arguments was written and could not be read."""
    return any(fields.has(argument) and fields.get(argument) is None for argument in arguments)

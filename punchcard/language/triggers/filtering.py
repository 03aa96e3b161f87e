"""`where`: the filter that every trigger on orders or events may have."""

from punchcard.language.expressions import Condition, where
from punchcard.language.grammar import Argument, Context, Kind, Text
from punchcard.language.kinds import scalar
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

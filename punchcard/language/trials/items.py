"""What orders in a story consist of: units by their SKU, such as `{coffee: 3 at 4.50, mug: 1 free}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from punchcard.language import nodes
from punchcard.language.grammar import Context, Kind, Named, Text
from punchcard.language.kinds import kind, simple
from punchcard.language.nodes import Node
from punchcard.language.trials.model import Sold, Sum
from punchcard.language.trials.values import sum_
from punchcard.language.unfit import Unfit

T = TypeVar("T")

_SOLD = re.compile(r"([1-9][0-9]{0,5})\s+(?:free|at\s+(\S.*))")
_COUNT = re.compile(r"[1-9][0-9]{0,5}")
SKU = "[^\n]{1,200}"


def _sold(text: str, context: Context) -> Sold | Unfit:
    found = _SOLD.fullmatch(text.strip())
    if found is None:
        bare = _COUNT.match(text.strip())
        expected = "so many at the price of one, `3 at 4.50`, or `1 free`"
        return Unfit(
            "PC2009", f"`{text}` is not so many of an item", expected, f"{bare[0]} free" if bare else None
        )
    if found[2] is None:
        return Sold(int(found[1]), Sum("0", context.currency))
    price = sum_(found[2], context)
    return price if isinstance(price, Unfit) else Sold(int(found[1]), price)


def _count(text: str) -> int | Unfit:
    if _COUNT.fullmatch(text.strip()):
        return int(text)
    return Unfit("PC1212", f"`{text}` is not a number of units", "a whole number such as 1")


def _each(one: Kind[T]) -> Callable[[Node, Context], Mapping[str, T] | None]:
    def read(node: Node, context: Context) -> Mapping[str, T] | None:
        if not isinstance(node, nodes.Mapping):
            if not isinstance(node, nodes.Broken):
                expected = f"items and how many: `{{coffee: {one.written[0]}}}`"
                context.findings.add("PC1201", node.span, "items by their SKU belong here", expected=expected)
            return None
        found = {entry.key.value: one.read(entry.value, context) for entry in node}
        if any(value is None for value in found.values()):
            return None
        return MappingProxyType({sku: value for sku, value in found.items() if value is not None})

    return read


_OF_ITEM = kind("so many of an item", ("3 at 4.50", "1 free"), _sold, Text())
_RETURNED = simple("a number of units", ("1",), _count, Text(_COUNT.pattern, number="whole"))
SOLD: Kind[Mapping[str, Sold]] = Kind(
    "items and how many", ("{coffee: 3 at 4.50, mug: 1 free}",), _each(_OF_ITEM), shape=Named(SKU, _OF_ITEM)
)
RETURNED: Kind[Mapping[str, int]] = Kind(
    "items and how many", ("{coffee: 1}",), _each(_RETURNED), shape=Named(SKU, _RETURNED)
)


def price_of(items: Mapping[str, Sold]) -> Sum | None:
    """Return what items cost together, in the currency of the first; None without any."""
    prices = list(items.values())
    if not prices:
        return None
    total = sum((Decimal(each.price.amount) * each.units for each in prices), Decimal(0))
    return Sum(str(total), prices[0].price.currency)

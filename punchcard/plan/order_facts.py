"""What has happened to an order, by its status and refunds: facts that stay, whatever a later revision says.

Each is an event after `for` and a fact in a condition, as `order.delivered`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RANKS: Mapping[str, int] = MappingProxyType({"cancelled": -1, "placed": 0, "paid": 1, "delivered": 2})

# From which an order counts, unless a trigger names another status.
PAID = tuple(status for status, rank in RANKS.items() if rank >= RANKS["paid"])
REFUNDED = "order.refunded"
ORDER_FACTS = ("order.placed", "order.paid", "order.delivered", REFUNDED)
# What is known of every order, and what can happen to it; all else is what a shop says of its own.
OF_EVERY_ORDER = frozenset({"id", "amount", "currency", "occurred_at"}) | {
    name.removeprefix("order.") for name in ORDER_FACTS
}


def reached(status: str) -> frozenset[str]:
    """Return the facts that hold of an order which has come to this status: who delivers has been paid."""
    rank = RANKS[status]
    return frozenset(f"order.{name}" for name, each in RANKS.items() if 0 <= each <= rank)


def has_ordered(status: str, net: int) -> bool:
    """Whether this is an order for whoever asks if a customer has ordered: it has been paid, and something is left."""
    return status in PAID and net > 0


def with_earlier(event: str) -> frozenset[str]:
    """Return what holds once this has happened to an order; nothing for what happens to no order."""
    name = event.removeprefix("order.")
    if event == REFUNDED:
        return frozenset({event})
    return reached(name) if event.startswith("order.") and name in RANKS else frozenset()


def facts_of(status: str, amount: int, net: int) -> frozenset[str]:
    """Return all facts that hold of an order; it is refunded once something of it was given back."""
    return reached(status) | ({REFUNDED} if net < amount else frozenset())

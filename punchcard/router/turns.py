"""Turns: an occasion that arises or stands again, or that no longer stands, and what caused that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from punchcard.router.counting import Counting
from punchcard.router.purchase import Purchase, occasion_names


@dataclass(frozen=True, slots=True)
class Cause:
    """What an occasion arose from; `names` is what its steps may refer to, `operands` what decided it."""

    event_id: int | None
    occurred_at: int
    history: bool = False
    order_id: int | None = None
    names: dict[str, Any] = field(default_factory=dict)
    operands: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """An occasion that arises or stands again (`up`), or that no longer stands."""

    counting: Counting
    customer_id: int
    identity: str
    up: bool
    cause: Cause

    @property
    def key(self) -> tuple[str, int, int, str]:
        """Which occasion turns: campaign, epoch, customer and identity."""
        return self.counting.campaign, self.counting.epoch, self.customer_id, self.identity


@dataclass(frozen=True, slots=True)
class Turns:
    """What changed orders come to: occasions that turn, and those that go on standing, each by another order maybe.

    The cause of each has the order that it names: the one with which it comes to stand, by business time.
    """

    turning: list[Turn]
    staying: list[Turn]


def cause_of(counting: Counting, order: Purchase, event_id: int | None, *, history: bool = False) -> Cause:
    """Return an order as the cause of an occasion; `history` if what brought it about was history."""
    names = occasion_names(order, counting.plan.order_fields)
    return Cause(event_id, order.occurred_at, order.history or history, order.id, names)

"""What starts a campaign's instances: one dataclass for each kind of trigger.

Money is in minor units of the plan's currency, spans of time are in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.conditions import Expression

Minor = int

OrderStatus = Literal["placed", "paid", "delivered"]
TriggerClass = Literal["S", "B", "D"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendTrigger:
    """Each time the net qualifying spend crosses a further multiple of `every`, or once it `reaches` an amount."""

    every: Minor | None = None
    reaches: Minor | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTrigger:
    """The customer's first order, every nth order, or each order; counted once it has reached `status`."""

    status: OrderStatus = "paid"
    first: bool = False
    every: int | None = None
    over: Minor | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTrigger:
    """A named event; once for each value of the field `once_per`, or for each event's id."""

    name: str
    once_per: str | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A typed value that whoever starts the campaign by hand hands over."""

    name: str
    type: Literal["text", "number", "amount", "date", "flag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualTrigger:
    """Started by hand in the console or through the API."""

    inputs: tuple[Input, ...] = ()


Trigger = SpendTrigger | OrderTrigger | EventTrigger | ManualTrigger

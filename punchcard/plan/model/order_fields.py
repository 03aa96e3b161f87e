"""What the shop says of its orders beyond what every order has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class OrderField:
    """A field of orders that the programme declares and a campaign names; what is of another type is absent."""

    name: str
    type: Literal["text", "number", "date", "flag"]

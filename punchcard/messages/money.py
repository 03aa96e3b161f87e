"""An amount of money as a message prints it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Money:
    """An amount in major units (`Decimal("12.50")`) and its ISO 4217 currency (`USD`)."""

    amount: Decimal
    currency: str

"""A share of something as a message prints it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A part of one: `Share(Decimal("0.2"))` is printed as `20%`."""

    part: Decimal

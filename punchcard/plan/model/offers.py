"""What a reward gives."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.plan.model.moments import Minor, Share


@dataclass(frozen=True, slots=True)
class ShareOff:
    """A discount by share, in basis points of the goods' price."""

    share: Share


@dataclass(frozen=True, slots=True)
class AmountOff:
    """A discount by amount, in minor units of the campaign's currency."""

    amount: Minor


Offer = ShareOff | AmountOff

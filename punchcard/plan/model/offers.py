"""What a reward gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.model.moments import Minor, Share


@dataclass(frozen=True, slots=True)
class ShareOff:
    """A discount by share, in basis points of the goods' price."""

    share: Share


@dataclass(frozen=True, slots=True)
class BoundedShareOff(ShareOff):
    """A discount by share that takes off no more than `most`, in minor units of the campaign's currency."""

    most: Minor


@dataclass(frozen=True, slots=True)
class AmountOff:
    """A discount by amount, in minor units of the campaign's currency."""

    amount: Minor


@dataclass(frozen=True, slots=True)
class FreeItem:
    """Something of the shop's own, by its number or name, that costs nothing."""

    item: str


@dataclass(frozen=True, slots=True)
class FreeShipping:
    """The shipping of an order that costs nothing."""


@dataclass(frozen=True, slots=True)
class Present:
    """A gift, in the words that describe it."""

    what: str


Offer = ShareOff | BoundedShareOff | AmountOff | FreeItem | FreeShipping | Present
OfferKind = Literal["share", "amount", "free", "shipping", "gift"]


@dataclass(frozen=True, slots=True)
class Terms:
    """An offer as a reward keeps it: `value` in basis points (`share`) or minor units (`amount`), `what` in words.

    A `share` takes off `most` minor units at the most.
    """

    kind: OfferKind
    value: int = 0
    what: str | None = None
    most: Minor | None = None


def terms_of(offer: Offer) -> Terms:
    """Return the terms of an offer."""
    match offer:
        case BoundedShareOff(share=share, most=most):
            return Terms("share", share, most=most)
        case ShareOff(share=share):
            return Terms("share", share)
        case AmountOff(amount=amount):
            return Terms("amount", amount)
        case FreeItem(item=item):
            return Terms("free", what=item)
        case FreeShipping():
            return Terms("shipping")
        case Present(what=what):
            return Terms("gift", what=what)


def most_of_one_use(terms: Terms) -> Minor:
    """Return what one use takes off at the most, in minor units; 0 where only the use itself will tell."""
    match terms.kind:
        case "amount":
            return terms.value
        case "share":
            return terms.most or 0
        case "free" | "shipping" | "gift":
            return 0

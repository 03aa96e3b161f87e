"""Values that many shapes have: strict models, ids, money, and what a reward takes off."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from punchcard.domain.money import to_amount
from punchcard.domain.pages import LARGEST_PAGE
from punchcard.plan.model import OfferKind, Terms
from punchcard.router.wire import Money, written

PRINTABLE = r"^[^\x00-\x1f\x7f]+$"
# Codes, cursors and words that are searched for: without control signs, which PostgreSQL does not take.
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=PRINTABLE)]
# What somebody wrote, in lines maybe, without the one sign that PostgreSQL does not take.
Prose = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
CustomerId = Annotated[
    Word, Field(description="The customer's id in your own systems.", examples=["C-17"], max_length=200)
]
StepPath = Annotated[str, Field(max_length=200, pattern=r"^[a-z0-9_.-]+$", examples=["3.otherwise.1"])]
NextCursor = Annotated[
    str | None, Field(description="The cursor of the page that follows; absent at the end.", examples=[None])
]


def _writable(data: dict[str, Any]) -> dict[str, Any]:
    if written(data) is None:
        raise ValueError("holds an infinite number or half a sign: leave out what JSON cannot carry")
    return data


# Data of any shape that can be written down as JSON again.
Data = Annotated[dict[str, Any], AfterValidator(_writable)]


class Taken(BaseModel):
    """A request's body: nothing is converted, and no unknown field is overlooked."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Asked(BaseModel):
    """A request's query: text, so converted; no unknown parameter is overlooked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Given(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True)


class PageAsked(Asked):
    """Which page of a list."""

    cursor: Word | None = Field(default=None, description="The `next` of the page before.", max_length=500)
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE, description="How many at most.")


class Offer(Given):
    """What a reward is: a share of the price or an amount off, an item for nothing, free shipping, or a gift."""

    kind: OfferKind
    percent: str | None = Field(default=None, description="Of the goods' price.", examples=["20"])
    at_most: Money | None = Field(
        default=None, description="The most that a share takes off, if it is bounded.", examples=[None]
    )
    amount: Money | None = Field(
        default=None, description="Never more than the goods' price.", examples=[None]
    )
    item: str | None = Field(
        default=None, description="The item of kind `free`: its number or name.", examples=[None]
    )
    gift: str | None = Field(default=None, description="What the gift is.", examples=[None])


def money(minor: int, currency: str) -> Money:
    """Return minor units as the API gives them."""
    return Money(amount=to_amount(minor, currency), currency=currency)


def offer(terms: Terms, currency: str) -> Offer:
    """Return what a reward is."""
    match terms.kind:
        case "share":
            percent = f"{(Decimal(terms.value) / 100).normalize():f}"
            at_most = None if terms.most is None else money(terms.most, currency)
            return Offer(kind=terms.kind, percent=percent, at_most=at_most)
        case "amount":
            return Offer(kind=terms.kind, amount=money(terms.value, currency))
        case "free":
            return Offer(kind=terms.kind, item=terms.what)
        case "gift":
            return Offer(kind=terms.kind, gift=terms.what)
        case "shipping":
            return Offer(kind=terms.kind)

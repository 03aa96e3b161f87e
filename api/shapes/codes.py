"""Codes and their redemption, as a till sees them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.instants import Instant, to_text
from api.shapes.values import CustomerId, Given, Offer, Taken, Word, money, offer
from punchcard.domain.redeeming import Code, Redeemed
from punchcard.router.wire import Money


class CodeShown(Given):
    """A code as it stands now."""

    code: str = Field(examples=["NX7K-4GTP-W9CR"])
    state: Literal["redeemable", "redeemed", "expired", "revoked"]
    offer: Offer
    currency: str = Field(examples=["USD"])
    campaign: str = Field(examples=["spend-and-save"])
    issued_at: Instant
    expires_at: Instant | None
    redeemed_at: Instant | None = Field(description="When it was used first.")
    orders: int = Field(description="For how many orders it can be used, once for each.", examples=[1])
    uses_left: int = Field(description="For how many of them it has not been used yet.", examples=[1])


class RedemptionAsked(Taken):
    """One use of a code. With `amount`, the discount is computed."""

    order: Word | None = Field(default=None, description="The order that it is used on.", examples=["o-1041"])
    amount: Money | None = Field(
        default=None,
        description="The price of the goods before the discount.",
        examples=[{"amount": "49.90", "currency": "USD"}],
    )
    customer: CustomerId | None = Field(
        default=None, description="Who shows the code; refused if it is another's.", examples=["C-17"]
    )


class RedemptionShown(Given):
    """A code that is used now, and what it takes off.

    A share is rounded to the nearest minor unit, halves up, and never more than its `at_most`; an amount is never more
    than the price.
    """

    redemption: int = Field(examples=[1])
    code: CodeShown = Field(
        description="As this use leaves it: `uses_left` says how often it can still be used."
    )
    order: str | None
    amount: Money | None = Field(description="The price of the goods before the discount, if it was given.")
    discount: Money | None = Field(
        description="What is taken off; null without `amount`, and where the offer is no discount."
    )
    to_pay: Money | None = Field(description="`amount` less `discount`.")
    redeemed_at: Instant


def code_shown(code: Code) -> CodeShown:
    """Put a code into its shape."""
    return CodeShown(
        code=code.code,
        state=code.state,
        offer=offer(code.terms, code.currency),
        currency=code.currency,
        campaign=code.campaign,
        issued_at=to_text(code.issued_at),
        expires_at=to_text(code.expires_at),
        redeemed_at=to_text(code.redeemed_at),
        orders=code.orders,
        uses_left=code.uses_left,
    )


def redemption_shown(redeemed: Redeemed) -> RedemptionShown:
    """Put a redemption into its shape."""
    currency = redeemed.code.currency
    amount, discount = redeemed.amount, redeemed.discount
    return RedemptionShown(
        redemption=redeemed.redemption_id,
        code=code_shown(redeemed.code),
        order=redeemed.order,
        amount=None if amount is None else money(amount, currency),
        discount=None if discount is None else money(discount, currency),
        to_pay=None if amount is None or discount is None else money(amount - discount, currency),
        redeemed_at=to_text(redeemed.redeemed_at),
    )

"""Rewards, with what became of each."""

from __future__ import annotations

from pydantic import Field

from api.instants import Instant, to_text
from api.shapes.values import Given, NextCursor, Offer, PageAsked, Prose, Taken, Word, money, offer
from punchcard.domain.debts import LONGEST_NOTE, DebtState, Settlement
from punchcard.domain.redeeming import CodeState
from punchcard.domain.reward_list import RewardLine, UseLine
from punchcard.router.wire import Money


class DebtShown(Given):
    """What is owed for a redeemed reward whose order was refunded, where its campaign says `on_refund: debt`."""

    state: DebtState = Field(
        description="`lifted`: what earned it stands again. `collected` and `waived`: it was settled."
    )
    amount: Money | None = Field(description="What the reward took off; null if the till has not told it.")
    owed_at: Instant
    settled_at: Instant | None
    settled_by: str | None = Field(examples=["key:bookkeeping"])
    note: str | None


class DebtSettled(Taken):
    """How a debt comes to its end."""

    how: Settlement = Field(description="Whether the customer has paid it, or need not.")
    note: Prose | None = Field(
        default=None, max_length=LONGEST_NOTE, description="Why, for whoever asks later."
    )


class UseShown(Given):
    """One use of a reward's code."""

    order: str | None = Field(description="The order that it was redeemed on.", examples=["o-1041"])
    amount: Money | None = Field(description="The price of the goods that it was redeemed on.")
    discount: Money | None = Field(description="What it took off.")
    redeemed_at: Instant


class RewardShown(Given):
    """A reward that was given; its terms never change."""

    id: int = Field(examples=[1])
    campaign: str = Field(examples=["spend-and-save"])
    instance: str = Field(examples=["spend-and-save.e1.c17.1.g1"])
    customer: str | None = Field(examples=["C-17"])
    name: str = Field(description="What the campaign's steps call it.", examples=["coupon"])
    offer: Offer
    code: str = Field(examples=["NX7K-4GTP-W9CR"])
    state: CodeState
    issued_at: Instant
    expires_at: Instant | None
    revoked_at: Instant | None
    redeemed_at: Instant | None = Field(description="When it was used first.")
    orders: int = Field(description="For how many orders its code can be used, once for each.", examples=[1])
    uses_left: int = Field(description="For how many of them it has not been used.", examples=[0])
    redemptions: list[UseShown] = Field(description="Its uses, the first one first.")
    debt: DebtShown | None = Field(default=None, description="What is owed for it, if anything was.")


class RewardsAsked(PageAsked):
    """Which rewards."""

    campaign: Word | None = Field(default=None, description="Of one campaign.")
    customer: Word | None = Field(default=None, description="Of one customer, by your own id.")
    state: CodeState | None = Field(default=None, description="In one state.")
    debt: DebtState | None = Field(default=None, description="With a debt in one state.")


class RewardPage(Given):
    """Rewards, the latest first."""

    rewards: list[RewardShown]
    next: NextCursor = None


def reward_shown(line: RewardLine) -> RewardShown:
    """Put a reward into its shape."""
    return RewardShown(
        id=line.id,
        campaign=line.campaign,
        instance=line.instance_id,
        customer=line.customer,
        name=line.name,
        offer=offer(line.terms, line.currency),
        code=line.code,
        state=line.state,
        issued_at=to_text(line.issued_at),
        expires_at=to_text(line.expires_at),
        revoked_at=to_text(line.revoked_at),
        redeemed_at=to_text(line.redeemed_at),
        orders=line.orders,
        uses_left=line.uses_left,
        redemptions=[_use(use, line.currency) for use in line.uses],
        debt=_debt(line),
    )


def _use(use: UseLine, currency: str) -> UseShown:
    return UseShown(
        order=use.order,
        amount=None if use.amount is None else money(use.amount, currency),
        discount=None if use.discount is None else money(use.discount, currency),
        redeemed_at=to_text(use.redeemed_at),
    )


def _debt(line: RewardLine) -> DebtShown | None:
    if line.debt is None:
        return None
    return DebtShown(
        state=line.debt,
        amount=None if line.owed is None else money(line.owed, line.currency),
        owed_at=to_text(line.owed_at or 0),
        settled_at=to_text(line.settled_at),
        settled_by=line.settled_by,
        note=line.note,
    )

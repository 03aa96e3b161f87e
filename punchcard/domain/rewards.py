"""Rewards, their codes and their redemptions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, ScalarSelect, UniqueConstraint, func, select
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity, table
from punchcard.plan.model import Terms


def _counted(at_first: int) -> Any:
    """Return the field of a count that begins there."""
    return Field(default=at_first, sa_column_kwargs={"server_default": str(at_first)})


class Reward(SQLModel, table=True):
    """A reward given to a customer. Its terms never change after it was issued, but for the end of one that was revoked
    and is given back.

    `kind` is `share` (value in basis points), `amount` (value in minor units of `currency`), `free` (an item),
    `shipping` or `gift`; `what` names the item, or describes the gift. A `share` takes off `most` minor units at the
    most.
    Its code can be used for so many `orders`, once for each, and is `used` so often; `redeemed_at` is the first use.
    `status` is `issued`, `redeemed` (no use is left) or `revoked`; one that has passed `expires_at` cannot be redeemed.
    """

    __tablename__ = "reward"
    __table_args__ = (
        UniqueConstraint("occasion_id", "key"),
        Index("reward_by_end", "campaign", "expires_at"),
        Index("reward_by_use", "campaign", "redeemed_at"),
    )

    id: int | None = identity()
    occasion_id: int = big(index=True)
    instance_id: str = Field(index=True)
    campaign: str
    customer_id: int = big(index=True)
    key: str
    name: str
    kind: str
    value: int = big()
    what: str | None = None
    most: int | None = big(nullable=True)
    orders: int = _counted(1)
    used: int = _counted(0)
    currency: str
    code: str = Field(unique=True)
    status: str = "issued"
    issued_at: int = big()
    expires_at: int | None = big(nullable=True)
    redeemed_at: int | None = big(nullable=True)
    revoked_at: int | None = big(nullable=True)


class Redemption(SQLModel, table=True):
    """One use of a reward: where, when, on what amount, and the discount that it gave, in minor units.

    `number` is 1 for the first use of the reward. No two uses are for the same order of the same source.
    """

    __tablename__ = "redemption"
    __table_args__ = (
        UniqueConstraint("source", "request_key"),
        UniqueConstraint("reward_id", "number"),
        UniqueConstraint("reward_id", "source", "order_external_id"),
    )

    id: int | None = identity()
    reward_id: int = Field(foreign_key="reward.id", sa_type=BigInteger)
    number: int = _counted(1)
    source: str
    request_key: str
    request_digest: str
    order_external_id: str | None = None
    amount: int | None = big(nullable=True)
    discount: int | None = big(nullable=True)
    currency: str
    redeemed_at: int = big()


REWARD = table(Reward)


def terms_in(row: Any) -> Terms:
    """Return what a reward's row gives."""
    return Terms(row.kind, row.value, row.what, row.most)


def redeemed_of(occasion_id: Any) -> ScalarSelect[int]:
    """Return the expression of how many rewards of an occasion are used up."""
    used = REWARD.alias("used")
    return (
        select(func.count())
        .where(used.c.occasion_id == occasion_id, used.c.status == "redeemed")
        .scalar_subquery()
    )


def expiring(reward_id: int) -> str:
    """Return the identity of the occasion that a reward is about to expire."""
    return f"expiring/{reward_id}"

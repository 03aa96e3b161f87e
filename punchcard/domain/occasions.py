"""Occasions: what each customer has earned in each campaign, and how far the counting stands."""

from __future__ import annotations

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity


class Progress(SQLModel, table=True):
    """How far a customer is: `measure` counts (minor units or orders), `earlier` what lies before the counting.

    No order that counts happened after `latest`, where that is known; what happens later than that changes nothing
    about which orders the occasions before it name.
    """

    __tablename__ = "progress"

    campaign: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    measure: int = big(default=0)
    earlier: int = big(default=0)
    standing: int = big(default=0)
    latest: int | None = big(nullable=True)


class Occasion(SQLModel, table=True):
    """Something earned, once and for all: (campaign, epoch, customer, identity) never occurs a second time.

    `status` is `standing` or `reversed`. `order_id` is the order with which it comes to stand when all are laid in the
    order of time, and `names` has that order's facts, as they were when it came to be that one; `occurred_at` stays
    what it was when the occasion arose. `disposition` says what came of it, see `punchcard.plan.dispositions`; it is
    decided once. `decided` is JSON: whether the audience's condition was met, and the values that it and the trigger's
    filter saw.
    """

    __tablename__ = "occasion"
    __table_args__ = (UniqueConstraint("campaign", "epoch", "customer_id", "identity"),)

    id: int | None = identity()
    campaign: str
    epoch: int
    customer_id: int = big(index=True)
    identity: str
    status: str = "standing"
    disposition: str
    generation: int = 1
    version: str
    names: str = "{}"
    decided: str | None = None
    batch_id: int | None = big(nullable=True, index=True)
    event_id: int | None = big(nullable=True)
    order_id: int | None = big(nullable=True, index=True)
    occurred_at: int = big()
    recorded_at: int = big()
    changed_at: int = big()

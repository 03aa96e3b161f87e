"""Campaigns that say a reward is about to expire: they end once it is used or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from punchcard.domain.among import among
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.occasions import Occasion
from punchcard.domain.outbox import Telling, tell_all
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import expiring

INSTANCE, OCCASION = table(Instance), table(Occasion)

_OPEN = Prepared(
    select(INSTANCE.c.id)
    .join(OCCASION, OCCASION.c.id == INSTANCE.c.occasion_id)
    .where(
        OCCASION.c.customer_id == bindparam("whose"),
        among(OCCASION.c.identity, "identities"),
        INSTANCE.c.status != "closed",
    )
    .order_by(INSTANCE.c.id)
)


def end_expiring(
    connection: Connection,
    customer_id: int,
    rewards: Sequence[int],
    reason: Literal["reward_redeemed", "reward_revoked"],
    now: int,
) -> None:
    """End the instances that these rewards of a customer have started by being about to expire."""
    if not rewards:
        return
    wanted = {"whose": customer_id, "identities": [expiring(reward) for reward in rewards]}
    command = {"name": "cancel", "actor": "campaign", "reason": reason}
    found = _OPEN(connection, wanted).scalars()
    tell_all(connection, [Telling(name, "command", command) for name in found], now)

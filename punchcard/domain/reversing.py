"""What a reversal does to rewards: unused ones are revoked, and given back, the same, if the occasion stands again."""

from __future__ import annotations

from sqlalchemy import Connection, update

from punchcard.domain.database import table
from punchcard.domain.rewards import Reward

REWARD = table(Reward)


def revoke_rewards(connection: Connection, occasion_id: int, now: int) -> None:
    """Revoke the occasion's unused rewards; what was redeemed stays redeemed."""
    connection.execute(
        update(REWARD)
        .where(REWARD.c.occasion_id == occasion_id, REWARD.c.status == "issued")
        .values(status="revoked", revoked_at=now)
    )


def restore_rewards(connection: Connection, occasion_id: int, now: int) -> None:
    """Give the occasion's revoked rewards back: the same code, the same terms."""
    connection.execute(
        update(REWARD)
        .where(REWARD.c.occasion_id == occasion_id, REWARD.c.status == "revoked")
        .values(status="issued", revoked_at=None)
    )

"""What a reversal does to rewards: unused ones are revoked, and given back, the same, if the occasion stands again."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, insert, update

from punchcard.domain.database import dump, table
from punchcard.domain.expiring import end_expiring
from punchcard.domain.generations import current_generation
from punchcard.domain.instances import JournalEntry
from punchcard.domain.rewards import Reward

REWARD, JOURNAL = table(Reward), table(JournalEntry)


def revoke_rewards(connection: Connection, occasion_id: int, now: int) -> None:
    """Revoke the occasion's unused rewards, and journal it; what was redeemed stays redeemed."""
    revoked = connection.execute(
        update(REWARD)
        .where(REWARD.c.occasion_id == occasion_id, REWARD.c.status == "issued")
        .values(status="revoked", revoked_at=now)
        .returning(REWARD.c.id, REWARD.c.name, REWARD.c.customer_id)
    ).all()
    _journal(connection, occasion_id, "revoked", sorted(row.name for row in revoked), now)
    if revoked:
        rewards = [row.id for row in revoked]
        end_expiring(connection, revoked[0].customer_id, rewards, "reward_revoked", now)


def restore_rewards(connection: Connection, occasion_id: int, now: int) -> None:
    """Give the occasion's revoked rewards back, the same code on the same terms, and journal it."""
    given_back = connection.execute(
        update(REWARD)
        .where(REWARD.c.occasion_id == occasion_id, REWARD.c.status == "revoked")
        .values(status="issued", revoked_at=None)
        .returning(REWARD.c.name)
    ).scalars()
    _journal(connection, occasion_id, "given_back", sorted(given_back), now)


def _journal(
    connection: Connection,
    occasion_id: int,
    kind: Literal["revoked", "given_back"],
    names: list[str],
    now: int,
) -> None:
    """Write a line for each reward into the journal of the occasion's latest instance, be it open or closed.

    No tick wrote it, so its tick is 0.
    """
    if not names:
        return
    line = {"instance_id": current_generation(connection, occasion_id), "tick": 0, "at": now, "kind": kind}
    connection.execute(insert(JOURNAL), [{**line, "data": dump({"name": name})} for name in names])

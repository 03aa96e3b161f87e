"""What a reversal does to rewards: what is unused of them is revoked, and given back if the occasion stands again.

What is used may be owed until then.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import BigInteger, Connection, bindparam, insert, select, update

from punchcard.domain.budgets import reclaim, release
from punchcard.domain.customers import Customer
from punchcard.domain.database import dump, table
from punchcard.domain.debts import lift, owe
from punchcard.domain.expiring import end_expiring
from punchcard.domain.generations import current_generation
from punchcard.domain.instances import Instance, JournalEntry
from punchcard.domain.plans import Plans
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import Reward
from punchcard.plan.calendar import prolonged
from punchcard.plan.model import Reward as RewardStep
from punchcard.plan.program import Program

REWARD, JOURNAL, INSTANCE, CUSTOMER = table(Reward), table(JournalEntry), table(Instance), table(Customer)

_REVOKED = Prepared(
    select(REWARD, INSTANCE.c.version, CUSTOMER.c.timezone)
    .join(INSTANCE, INSTANCE.c.id == REWARD.c.instance_id)
    .join(CUSTOMER, CUSTOMER.c.id == REWARD.c.customer_id)
    .where(REWARD.c.occasion_id == bindparam("whose"), REWARD.c.status == "revoked")
    .order_by(REWARD.c.id)
)
_GIVE_BACK = Prepared(
    update(REWARD)
    .where(REWARD.c.id == bindparam("reward"))
    .values(status="issued", revoked_at=None, expires_at=bindparam("end", type_=BigInteger))
)


def revoke_rewards(connection: Connection, occasion_id: int, now: int) -> None:
    """Revoke the occasion's rewards with a use left, and journal it; what was redeemed stays so, and may be owed."""
    _journal(connection, occasion_id, "owed", owe(connection, occasion_id, now), now)
    revoked = connection.execute(
        update(REWARD)
        .where(REWARD.c.occasion_id == occasion_id, REWARD.c.status == "issued")
        .values(status="revoked", revoked_at=now)
        .returning(REWARD)
    ).all()
    release(connection, revoked)
    names = sorted(row.name for row in revoked)
    _journal(connection, occasion_id, "revoked", [{"name": name} for name in names], now)
    if revoked:
        rewards = [row.id for row in revoked]
        end_expiring(connection, revoked[0].customer_id, rewards, "reward_revoked", now)


def restore_rewards(connection: Connection, occasion_id: int, now: int) -> dict[int, int]:
    """Give the occasion's revoked rewards back, the same codes, each as good for as long as it was when it was revoked.

    What was owed for the redeemed ones is not any more. It is journaled. Returns when each that ends does now, by its
    number.
    """
    _journal(connection, occasion_id, "debt_lifted", lift(connection, occasion_id), now)
    plans = Plans()
    revoked = _REVOKED(connection, {"whose": occasion_id})
    given_back = [(row, _end(plans.program(connection, row.version), row, now)) for row in revoked]
    for row, end in given_back:
        _GIVE_BACK(connection, {"reward": row.id, "end": end})
    reclaim(connection, given_back)
    found = [
        {"name": row.name} | ({} if end is None else {"expires": end, "expired": row.expires_at})
        for row, end in given_back
    ]
    lines = sorted(found, key=lambda line: str(line["name"]))
    _journal(connection, occasion_id, "given_back", lines, now)
    return {row.id: end for row, end in given_back if end is not None}


def _end(given_by: Program, row: Any, now: int) -> int | None:
    """When a reward ends that is given back: by the terms of the version that gave it."""
    if row.expires_at is None:
        return None
    step = given_by.steps[row.key.rpartition("#")[0]]
    assert isinstance(step, RewardStep), "only rewards are given"
    assert step.expires is not None, "what ends says when"
    zone = row.timezone or given_by.plan.timezone
    return prolonged(step.expires, row.expires_at, row.revoked_at, now, zone)


def _journal(
    connection: Connection,
    occasion_id: int,
    kind: Literal["revoked", "given_back", "owed", "debt_lifted"],
    lines: list[dict[str, Any]],
    now: int,
) -> None:
    """Write a line for each reward into the journal of the occasion's latest instance, be it open or closed.

    No tick wrote it, so its tick is 0.
    """
    if not lines:
        return
    line = {"instance_id": current_generation(connection, occasion_id), "tick": 0, "at": now, "kind": kind}
    connection.execute(insert(JOURNAL), [{**line, "data": dump(data)} for data in lines])

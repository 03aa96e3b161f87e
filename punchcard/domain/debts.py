"""Debts: what a redeemed reward took off, where its campaign says `debt` and what earned it no longer stands.

A debt is owed exactly while its occasion is reversed, until somebody has settled it: `owed` falls to `lifted` when the
occasion stands again, and back. What was `collected` or `waived` stays so. Nothing is charged by itself.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import BigInteger, Connection, func, insert, select, update
from sqlmodel import Field, SQLModel

from punchcard.domain import audit
from punchcard.domain.database import big, table
from punchcard.domain.instances import Instance
from punchcard.domain.plans import Plans
from punchcard.domain.refusals import InputUnfit, NothingOwed, RewardUnknown
from punchcard.domain.rewards import Redemption, Reward

DebtState = Literal["owed", "lifted", "collected", "waived"]
Settlement = Literal["collected", "waived"]
SETTLED = ("collected", "waived")
LONGEST_NOTE = 500


class Debt(SQLModel, table=True):
    """What a customer owes for a reward; `amount` is in minor units, of what its uses took off: None where the till has
    told nothing of it.
    """

    __tablename__ = "debt"

    reward_id: int = Field(primary_key=True, foreign_key="reward.id", sa_type=BigInteger)
    amount: int | None = big(nullable=True)
    currency: str
    status: str = Field(default="owed", index=True)
    owed_at: int = big()
    settled_at: int | None = big(nullable=True)
    settled_by: str | None = None
    note: str | None = None


REWARD, REDEMPTION, INSTANCE, DEBT = table(Reward), table(Redemption), table(Instance), table(Debt)


def owe(connection: Connection, occasion_id: int, now: int) -> list[dict[str, Any]]:
    """Let the occasion's rewards that were used be owed whose version says so; return the lines of the journal."""
    taken_off = select(func.sum(REDEMPTION.c.discount)).where(REDEMPTION.c.reward_id == REWARD.c.id)
    used = connection.execute(
        select(
            REWARD.c.id,
            REWARD.c.name,
            REWARD.c.currency,
            taken_off.scalar_subquery().label("discount"),
            INSTANCE.c.version,
            DEBT.c.status,
        )
        .join(INSTANCE, INSTANCE.c.id == REWARD.c.instance_id)
        .outerjoin(DEBT, DEBT.c.reward_id == REWARD.c.id)
        .where(REWARD.c.occasion_id == occasion_id, REWARD.c.used > 0)
        .order_by(REWARD.c.id)
    ).all()
    lines: list[dict[str, Any]] = []
    plans = Plans()
    for row in used:
        if row.status in ("owed", *SETTLED):
            continue
        if plans.program(connection, row.version).plan.on_refund != "debt":
            continue
        discount = None if row.discount is None else int(row.discount)
        if row.status == "lifted":
            again = update(DEBT).where(DEBT.c.reward_id == row.id)
            connection.execute(again.values(status="owed", owed_at=now, amount=discount))
        else:
            owed = {"reward_id": row.id, "amount": discount, "currency": row.currency, "owed_at": now}
            connection.execute(insert(DEBT).values(status="owed", **owed))
        known = {} if discount is None else {"amount": discount}
        lines.append({"name": row.name, "currency": row.currency, **known})
    return lines


def lift(connection: Connection, occasion_id: int) -> list[dict[str, Any]]:
    """What earned the rewards stands again: what is still owed for them is not any more; return the journal's lines."""
    of_occasion = select(REWARD.c.id).where(REWARD.c.occasion_id == occasion_id)
    lifted = connection.execute(
        update(DEBT)
        .where(DEBT.c.reward_id.in_(of_occasion), DEBT.c.status == "owed")
        .values(status="lifted")
        .returning(DEBT.c.reward_id)
    ).scalars()
    names = connection.execute(
        select(REWARD.c.name).where(REWARD.c.id.in_(list(lifted))).order_by(REWARD.c.id)
    )
    return [{"name": name} for (name,) in names]


def count_open_debts(connection: Connection) -> int | None:
    """Return how many debts are open; None if nothing was ever owed."""
    if connection.execute(select(DEBT.c.reward_id).limit(1)).first() is None:
        return None
    owed = select(func.count()).select_from(DEBT).where(DEBT.c.status == "owed")
    return int(connection.execute(owed).scalar_one())


def settle(
    connection: Connection, reward_id: int, how: Settlement, actor: str, note: str | None, now: int
) -> None:
    """Say that a debt was collected, or will not be; the same word again changes nothing.

    RewardUnknown if there is no such reward, NothingOwed if nothing is owed for it.
    """
    words = (note or "").strip() or None
    if words is not None and len(words) > LONGEST_NOTE:
        raise InputUnfit(
            f"The note has {len(words)} characters.", remedy=f"Write at most {LONGEST_NOTE} characters."
        )
    wanted = select(REWARD.c.id).where(REWARD.c.id == reward_id)
    if connection.execute(wanted).first() is None:
        raise RewardUnknown(f"There is no reward {reward_id}.")
    row = connection.execute(select(DEBT).where(DEBT.c.reward_id == reward_id).with_for_update()).first()
    if row is not None and row.status == how:
        return
    if row is None or row.status != "owed":
        raise NothingOwed(
            f"Nothing is owed for the reward {reward_id}.", remedy="Look at the reward's `debt` first."
        )
    connection.execute(
        update(DEBT)
        .where(DEBT.c.reward_id == reward_id)
        .values(status=how, settled_at=now, settled_by=actor, note=words)
    )
    audit.log(connection, actor, f"debt.{how}", f"reward:{reward_id}", now, amount=row.amount)

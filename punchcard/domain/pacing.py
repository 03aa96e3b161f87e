"""Pace: the instants at which a campaign's instances may start, handed out one after the other."""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, bindparam, case, update
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, table, upsert
from punchcard.domain.prepared import Prepared


class PaceSlot(SQLModel, table=True):
    """When a campaign's next instance may start, in business time."""

    __tablename__ = "pace_slot"

    campaign: str = Field(primary_key=True)
    next_at: int = big()


SLOT = table(PaceSlot)
_NOW, _STEP = bindparam("present", type_=BigInteger), bindparam("step", type_=BigInteger)
_TAKE = Prepared(
    update(SLOT)
    .where(SLOT.c.campaign == bindparam("paced"))
    .values(next_at=case((SLOT.c.next_at > _NOW, SLOT.c.next_at), else_=_NOW) + _STEP)
    .returning(SLOT.c.next_at)
)


def take_slot(connection: Connection, campaign: str, step: int, now: int) -> int:
    """Return the instant at which one more instance may start, `step` milliseconds after the one before.

    Whoever takes one holds the campaign's slots until the transaction ends.
    """
    values = {"paced": campaign, "present": now, "step": step}
    found: int | None = _TAKE(connection, values).scalar()
    if found is None:
        opened = upsert(connection, SLOT).values(campaign=campaign, next_at=now)
        connection.execute(opened.on_conflict_do_nothing())
        found = int(_TAKE(connection, values).scalar_one())
    return found - step

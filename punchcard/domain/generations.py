"""Which of an occasion's instances is the one to speak to: a reversed or restarted occasion has several."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.prepared import Prepared

INSTANCE = table(Instance)

_LATEST = Prepared(
    select(INSTANCE.c.id)
    .where(INSTANCE.c.occasion_id == bindparam("occasion"))
    .order_by(INSTANCE.c.generation.desc())
    .limit(1)
)


def current_generation(connection: Connection, occasion_id: int) -> str:
    """Return the id of the occasion's latest instance; every occasion that gave something has one."""
    found: str = _LATEST(connection, {"occasion": occasion_id}).scalar_one()
    return found

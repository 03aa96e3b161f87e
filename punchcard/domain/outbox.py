"""The outbox: what instances have yet to be told, numbered for each instance, sent in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Index, bindparam, insert, update
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, dump, table
from punchcard.domain.instances import Instance
from punchcard.domain.prepared import Prepared


class OutboxRow(SQLModel, table=True):
    """One thing to tell an instance. `kind`: `start`, `deliver`, `order`, `reverse` or `command`.

    `status`: `pending`, `done` (Temporal has it) or `too_late` (the instance had closed).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_by_status", "status", "not_before"),
        Index("outbox_by_age", "status", "created_at"),
    )

    instance_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    payload: str
    status: str = "pending"
    created_at: int = big()
    not_before: int = big(default=0)
    leased_until: int = big(default=0)
    attempts: int = 0
    error: str | None = None


TABLE = table(OutboxRow)
INSTANCE = table(Instance)

_NUMBER = Prepared(
    update(INSTANCE)
    .where(INSTANCE.c.id == bindparam("told"), INSTANCE.c.status != "closed")
    .values(last_seq=INSTANCE.c.last_seq + 1)
    .returning(INSTANCE.c.last_seq)
)
_INSERT = Prepared(insert(TABLE))


@dataclass(frozen=True, slots=True)
class Telling:
    """What one instance is to be told: `kind` as in OutboxRow, `payload` as plain JSON data.

    Nobody is told before `not_before`, an instant of the wall clock.
    """

    instance_id: str
    kind: str
    payload: dict[str, Any]
    not_before: int = 0


def tell(
    connection: Connection, instance_id: str, kind: str, payload: dict[str, Any], now: int
) -> int | None:
    """Tell an instance something, in the transaction of the fact itself; return its sequence number.

    Nothing is told to an instance that has closed: then None is returned.
    """
    numbers = tell_all(connection, [Telling(instance_id, kind, payload)], now)
    return numbers[0]


def tell_all(connection: Connection, tellings: Sequence[Telling], now: int) -> list[int | None]:
    """Tell several instances, each in the order given; return the sequence numbers (None where it had closed)."""
    numbers: list[int | None] = []
    rows = []
    for telling in tellings:
        seq = _NUMBER(connection, {"told": telling.instance_id}).scalar()
        numbers.append(seq)
        if seq is not None:
            rows.append(
                {
                    "instance_id": telling.instance_id,
                    "seq": seq,
                    "kind": telling.kind,
                    "payload": dump(telling.payload),
                    "status": "pending",
                    "created_at": now,
                    "not_before": telling.not_before,
                    "leased_until": 0,
                    "attempts": 0,
                }
            )
    if rows:
        _INSERT(connection, rows)
    return numbers

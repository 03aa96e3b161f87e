"""Taking rows from the outbox: the lowest unsent row of each instance, under a lease, so that workers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, insert, select, update

from punchcard.domain.database import dump, table
from punchcard.domain.instances import Instance, JournalEntry
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.prepared import Prepared

OUTBOX, INSTANCE, JOURNAL = table(OutboxRow), table(Instance), table(JournalEntry)
LOWER = OUTBOX.alias("lower")

_IS_LOWEST = ~exists().where(
    and_(
        LOWER.c.instance_id == OUTBOX.c.instance_id,
        LOWER.c.seq < OUTBOX.c.seq,
        LOWER.c.status == "pending",
    )
)
_IS_DUE = and_(
    OUTBOX.c.status == "pending",
    OUTBOX.c.not_before <= bindparam("wall"),
    OUTBOX.c.leased_until <= bindparam("wall"),
)
_IS = and_(OUTBOX.c.instance_id == bindparam("row_instance"), OUTBOX.c.seq == bindparam("row_seq"))
_HAS_WORK = Prepared(select(OUTBOX.c.seq).where(_IS_DUE).limit(1))
_DUE = Prepared(
    select(OUTBOX, INSTANCE.c.status.label("instance_status"), INSTANCE.c.version, INSTANCE.c.resumes)
    .join(INSTANCE, INSTANCE.c.id == OUTBOX.c.instance_id)
    .where(_IS_DUE, _IS_LOWEST)
    .order_by(OUTBOX.c.created_at)
    .limit(bindparam("most"))
    .with_for_update(of=OUTBOX, skip_locked=True)
)
_LEASE = Prepared(
    update(OUTBOX).where(_IS).values(leased_until=bindparam("until"), attempts=OUTBOX.c.attempts + 1)
)
_DONE = Prepared(update(OUTBOX).where(_IS).values(status="done", error=None))


@dataclass(frozen=True, slots=True)
class Leased:
    """One row that this worker may send now, and where its instance stands."""

    instance_id: str
    seq: int
    kind: str
    payload: str
    created_at: int
    attempts: int
    status: str
    version: str
    resumes: str | None


def has_work(connection: Connection, wall: int) -> bool:
    """Return whether some row may be due; a look that takes no lock."""
    return _HAS_WORK(connection, {"wall": wall}).first() is not None


def lease(connection: Connection, limit: int, wall: int, seconds: int = 30) -> list[Leased]:
    """Take up to `limit` rows for so many seconds; `wall` is the wall clock in milliseconds."""
    rows = _DUE(connection, {"wall": wall, "most": limit}).rows
    if rows:
        until = wall + seconds * 1000
        _LEASE(connection, [{**_place(row), "until": until} for row in rows])
    return [
        Leased(
            instance_id=row.instance_id,
            seq=row.seq,
            kind=row.kind,
            payload=row.payload,
            created_at=row.created_at,
            attempts=row.attempts + 1,
            status=row.instance_status,
            version=row.version,
            resumes=row.resumes,
        )
        for row in rows
    ]


def mark_done(connection: Connection, rows: Sequence[Leased]) -> None:
    """Record that Temporal has these rows."""
    if rows:
        _DONE(connection, [_place(row) for row in rows])


def mark_too_late(connection: Connection, row: Leased, now: int) -> None:
    """Record that the instance had closed before it could be told, in its journal too."""
    connection.execute(update(OUTBOX).where(_IS).values(status="too_late"), _place(row))
    connection.execute(
        insert(JOURNAL).values(
            instance_id=row.instance_id,
            tick=0,
            at=now,
            kind="too_late",
            data=dump({"kind": row.kind, "seq": row.seq}),
        )
    )


def postpone(connection: Connection, row: Leased, until: int, error: str | None) -> None:
    """Give a row back, to be tried again at `until` (wall clock)."""
    connection.execute(
        update(OUTBOX).where(_IS).values(not_before=until, leased_until=0, error=error), _place(row)
    )


def _place(row: Any) -> dict[str, Any]:
    return {"row_instance": row.instance_id, "row_seq": row.seq}

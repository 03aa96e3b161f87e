"""Taking rows from the outbox: the lowest unsent row of each instance, under a lease, so that workers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, exists, insert, select, tuple_, update

from punchcard.domain.database import dump, table
from punchcard.domain.instances import Instance, JournalEntry
from punchcard.domain.outbox import OutboxRow

OUTBOX, INSTANCE, JOURNAL = table(OutboxRow), table(Instance), table(JournalEntry)
LOWER = OUTBOX.alias("lower")


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


def lease(connection: Connection, limit: int, wall: int, seconds: int = 30) -> list[Leased]:
    """Take up to `limit` rows for so many seconds; `wall` is the wall clock in milliseconds."""
    is_lowest = ~exists().where(
        and_(
            LOWER.c.instance_id == OUTBOX.c.instance_id,
            LOWER.c.seq < OUTBOX.c.seq,
            LOWER.c.status == "pending",
        )
    )
    rows = connection.execute(
        select(OUTBOX, INSTANCE.c.status.label("instance_status"), INSTANCE.c.version, INSTANCE.c.resumes)
        .join(INSTANCE, INSTANCE.c.id == OUTBOX.c.instance_id)
        .where(
            OUTBOX.c.status == "pending",
            OUTBOX.c.not_before <= wall,
            OUTBOX.c.leased_until <= wall,
            is_lowest,
        )
        .order_by(OUTBOX.c.created_at)
        .limit(limit)
        .with_for_update(of=OUTBOX, skip_locked=True)
    ).all()
    if rows:
        connection.execute(
            update(OUTBOX)
            .where(_are(rows))
            .values(leased_until=wall + seconds * 1000, attempts=OUTBOX.c.attempts + 1)
        )
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
        connection.execute(update(OUTBOX).where(_are(rows)).values(status="done", error=None))


def mark_too_late(connection: Connection, row: Leased, now: int) -> None:
    """Record that the instance had closed before it could be told, in its journal too."""
    connection.execute(update(OUTBOX).where(_are([row])).values(status="too_late"))
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
        update(OUTBOX).where(_are([row])).values(not_before=until, leased_until=0, error=error)
    )


def _are(rows: Sequence[Any]) -> Any:
    return tuple_(OUTBOX.c.instance_id, OUTBOX.c.seq).in_([(row.instance_id, row.seq) for row in rows])

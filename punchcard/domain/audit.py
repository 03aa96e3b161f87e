"""The log of what people and keys did to the installation: written in the transaction of the deed itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from punchcard.domain.access import AuditEntry
from punchcard.domain.database import dump, table

ENTRY = table(AuditEntry)


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log: `actor` (`user:NAME`, `key:NAME`, `cli`) did `action` to `object` at `at`."""

    id: int
    at: int
    actor: str
    action: str
    object: str
    detail: dict[str, Any]


def log(connection: Connection, actor: str, action: str, object_: str, now: int, **detail: Any) -> None:
    """Write a line; details that are None are left out."""
    told = {name: value for name, value in detail.items() if value is not None}
    connection.execute(
        insert(ENTRY).values(at=now, actor=actor, action=action, object=object_, detail=dump(told))
    )


def deeds(
    connection: Connection, *, object_: str | None = None, before: int | None = None, limit: int = 50
) -> tuple[Deed, ...]:
    """Return the latest lines first, about one object where it is named; `before` is the id of the last one seen."""
    wanted = select(ENTRY).order_by(ENTRY.c.id.desc()).limit(limit)
    if object_ is not None:
        wanted = wanted.where(ENTRY.c.object == object_)
    if before is not None:
        wanted = wanted.where(ENTRY.c.id < before)
    return tuple(
        Deed(row.id, row.at, row.actor, row.action, row.object, json.loads(row.detail))
        for row in connection.execute(wanted)
    )

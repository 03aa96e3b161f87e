"""Answers that were given to requests with an idempotency key, to be given again when the request is repeated."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from punchcard.domain.access import IdempotentReply
from punchcard.domain.database import dump, table, upsert
from punchcard.domain.refusals import RequestKeyReused

REPLY = table(IdempotentReply)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that may come again: the `key` that its sender gave it, within `source`, and what it asks for."""

    source: str
    key: str
    content: Any

    @property
    def digest(self) -> str:
        """What is the same whenever the request is repeated."""
        return hashlib.sha256(dump(self.content).encode()).hexdigest()


def earlier_reply(connection: Connection, request: Request) -> dict[str, Any] | None:
    """Return what the request was answered before; RequestKeyReused if its key stands for another one."""
    row = connection.execute(
        select(REPLY).where(REPLY.c.source == request.source, REPLY.c.request_key == request.key)
    ).first()
    if row is None:
        return None
    if row.digest != request.digest:
        raise RequestKeyReused(
            f"The idempotency key {request.key} was used for another request.",
            remedy="Use a key of its own for each request, and the same one only to repeat it unchanged.",
        )
    body: dict[str, Any] = json.loads(row.body)
    return body


def keep_reply(connection: Connection, request: Request, status: int, body: dict[str, Any], now: int) -> None:
    """Remember an answer, in the transaction of what it tells; the first one kept stays."""
    connection.execute(
        upsert(connection, REPLY)
        .values(
            source=request.source,
            request_key=request.key,
            digest=request.digest,
            status=status,
            body=dump(body),
            at=now,
        )
        .on_conflict_do_nothing()
    )

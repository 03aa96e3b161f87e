"""The outbox: what instances have yet to be told, numbered for each instance, sent in that order."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big


class OutboxRow(SQLModel, table=True):
    """One thing to tell an instance. `kind`: `start`, `deliver`, `reverse` or `command`.

    `status`: `pending`, `done` (Temporal has it) or `too_late` (the instance had closed).
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("outbox_by_status", "status", "not_before"),)

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

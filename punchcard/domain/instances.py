"""Process instances: where each one stands, for lists and look-ups; its exact state is in its latest tick."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity


class Instance(SQLModel, table=True):
    """One generation of an occasion's instance; its id is the workflow's id.

    `status` is `unstarted`, `open` or `closed`; `outcome` says how it closed. `step` and `phase` are its
    first token's; `waits_for` is a JSON list of event names. `held` means that a pause has kept a tick back.
    `last_seq` numbers its outbox rows, `resumes` names the generation whose state it takes over.
    """

    __tablename__ = "instance"
    __table_args__ = (
        Index("instance_by_place", "campaign", "status", "step"),
        Index("instance_by_start", "created_at", "id"),
    )

    id: str = Field(primary_key=True)
    occasion_id: int = Field(foreign_key="occasion.id", index=True, sa_type=BigInteger)
    generation: int
    campaign: str
    version: str
    customer_id: int = big(index=True)
    status: str = "unstarted"
    outcome: str | None = None
    tick: int = 0
    step: str | None = None
    phase: str | None = None
    waits_for: str = "[]"
    deadline: int | None = big(nullable=True)
    held: bool = False
    paused_at: int | None = big(nullable=True)
    incidents: int = 0
    last_seq: int = 0
    resumes: str | None = None
    created_at: int = big()
    started_at: int | None = big(nullable=True)
    closed_at: int | None = big(nullable=True)
    updated_at: int = big()


class Tick(SQLModel, table=True):
    """One commit of an instance: the event it consumed, what it answered, and the state that it led to."""

    __tablename__ = "tick"

    instance_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    digest: str
    event: str
    results: str
    state: str
    at: int = big()


class JournalEntry(SQLModel, table=True):
    """One line of what an instance did and why; `data` is JSON, put into words where it is shown."""

    __tablename__ = "journal_entry"

    id: int | None = identity()
    instance_id: str = Field(index=True)
    tick: int
    at: int = big()
    kind: str
    path: str | None = None
    data: str = "{}"


class Incident(SQLModel, table=True):
    """A step that cannot go on until an operator decides; `resolution` says what was decided."""

    __tablename__ = "incident"

    id: int | None = identity()
    instance_id: str = Field(index=True)
    campaign: str = Field(index=True)
    key: str
    path: str
    error: str
    opened_at: int = big()
    closed_at: int | None = big(nullable=True)
    resolution: str | None = None

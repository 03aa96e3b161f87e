"""Accepted events: what came in, from whom, when it happened and when it arrived; never changed afterwards."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity


class Event(SQLModel, table=True):
    """One accepted event. Its identity is (source, external id); an order may follow with a higher revision."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("source", "external_id", "revision"),)

    id: int | None = identity()
    source: str
    external_id: str
    revision: int = 0
    type: str
    schema_version: int = 1
    customer_id: int | None = big(nullable=True, index=True)
    occurred_at: int = big()
    received_at: int = big()
    digest: str
    payload: str
    history: bool = False


class EventType(SQLModel, table=True):
    """A registered version of a named event's schema (JSON Schema 2020-12 for its `data`)."""

    __tablename__ = "event_type"

    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    json_schema: str
    registered_at: int = big()

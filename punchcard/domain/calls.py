"""Calls of other systems: what each step asked for, granted once, and what came of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity, table


class OutwardCall(SQLModel, table=True):
    """One request that a step and visit of an occasion makes of another system.

    `status`: `granted`, `attempting` (a request is on its way, or its answer was lost), `done`, `failed`, or
    `superseded`; `reason` says why. `call_id` is the receiver's proof that a request is the same again. `url`, `body`
    and `result` (JSON: what `returns` asks for) are erased with the customer; `http_status`, `duration` (milliseconds)
    and `size` (bytes) are the last reply's.
    """

    __tablename__ = "outward_call"
    __table_args__ = (UniqueConstraint("occasion_id", "key"),)

    id: int | None = identity()
    occasion_id: int = Field(foreign_key="occasion.id", sa_type=BigInteger)
    instance_id: str = Field(index=True)
    campaign: str
    customer_id: int = big(index=True)
    version: str
    key: str
    path: str
    name: str
    call_id: str | None = None
    method: str
    url: str
    body: str | None = None
    status: str = "granted"
    reason: str | None = None
    attempts: int = 0
    http_status: int | None = None
    duration: int | None = None
    size: int | None = None
    result: str = "{}"
    created_at: int = big()
    ended_at: int | None = big(nullable=True)


CALL = table(OutwardCall)

"""Who may do what: integrators' keys, people's accounts, and the log of what people did."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity


class ApiKey(SQLModel, table=True):
    """An integrator's key: only its SHA-256 is kept. `source` is the source of every event it posts."""

    __tablename__ = "api_key"

    id: int | None = identity()
    name: str
    source: str
    prefix: str
    digest: str = Field(unique=True)
    scopes: str
    created_at: int = big()
    revoked_at: int | None = big(nullable=True)
    last_used_at: int | None = big(nullable=True)


class User(SQLModel, table=True):
    """A person who signs in to the console; `role` is `marketer`, `analyst` or `admin`.

    With `one_time` the password was given by somebody else, and signing in with it only lets one choose another.
    """

    __tablename__ = "account"

    id: int | None = identity()
    name: str = Field(unique=True)
    role: str
    password_hash: str
    one_time: bool = False
    language: str | None = None
    timezone: str | None = None
    created_at: int = big()
    disabled_at: int | None = big(nullable=True)


class AuditEntry(SQLModel, table=True):
    """What somebody did to something, and when; `actor` is `user:NAME`, `key:NAME` or `cli`."""

    __tablename__ = "audit_entry"

    id: int | None = identity()
    at: int = big(index=True)
    actor: str
    action: str
    object: str = Field(index=True)
    detail: str = "{}"


class IdempotentReply(SQLModel, table=True):
    """The answer given to a request that carried an idempotency key, to be given again."""

    __tablename__ = "idempotent_reply"
    __table_args__ = (UniqueConstraint("source", "request_key"),)

    id: int | None = identity()
    source: str
    request_key: str
    digest: str
    status: int
    body: str
    at: int = big()

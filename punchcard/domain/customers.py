"""Customers: surrogate ids, the ids that shops know them by, and what may be erased about them."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity


class Customer(SQLModel, table=True):
    """A person in the programme. Everything but the id may be erased; nothing else refers to a person."""

    __tablename__ = "customer"

    id: int | None = identity()
    created_at: int = big()
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = Field(default=None, index=True)
    phone: str | None = None
    language: str | None = None
    timezone: str | None = None
    attributes: str = "{}"
    profile_at: int | None = big(nullable=True)
    erased_at: int | None = big(nullable=True)


class Alias(SQLModel, table=True):
    """An id by which the integrators' systems know a customer."""

    __tablename__ = "customer_alias"

    external_id: str = Field(primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True, sa_type=BigInteger)


class Consent(SQLModel, table=True):
    """Whether a customer has agreed to messages of a purpose over a channel; the latest word counts."""

    __tablename__ = "consent"

    customer_id: int = Field(primary_key=True, foreign_key="customer.id", sa_type=BigInteger)
    channel: str = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    granted: bool
    changed_at: int = big()
    origin: str

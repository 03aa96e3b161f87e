"""Customers: surrogate ids, the ids that shops know them by, and what may be erased about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    ScalarSelect,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from punchcard.domain.among import among
from punchcard.domain.database import big, dump, identity, table
from punchcard.domain.prepared import Prepared


class Customer(SQLModel, table=True):
    """A person in the programme. Everything but the id may be erased; nothing else refers to a person.

    `birthday` is an ISO date, `birth_day` its `MM-DD` to search by, `birthday_since` when it was entered.
    `timezone_since` is when the zone became another one than `timezone_before`, or came to be known.
    """

    __tablename__ = "customer"

    id: int | None = identity()
    created_at: int = big(index=True)
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = Field(default=None, index=True)
    phone: str | None = None
    language: str | None = None
    timezone: str | None = None
    timezone_since: int | None = big(nullable=True, index=True)
    timezone_before: str | None = None
    birthday: str | None = None
    birth_day: str | None = Field(default=None, index=True)
    birthday_since: int | None = big(nullable=True)
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


# The fields of a profile that have columns of their own, as conditions and templates name them.
PROFILE = ("first_name", "last_name", "email", "phone", "language", "timezone", "birthday")
CUSTOMER = table(Customer)
ALIAS = table(Alias)
CONSENT = table(Consent)

_KNOWN = Prepared(
    select(ALIAS.c.external_id, ALIAS.c.customer_id).where(among(ALIAS.c.external_id, "wanted"))
)
_CREATE = Prepared(insert(CUSTOMER).returning(CUSTOMER.c.id, sort_by_parameter_order=True))
_NAME = Prepared(insert(ALIAS))
_PROFILE = Prepared(
    select(CUSTOMER.c.profile_at, CUSTOMER.c.attributes, CUSTOMER.c.birthday, CUSTOMER.c.timezone).where(
        CUSTOMER.c.id == bindparam("whose")
    )
)
_PUT_PROFILE = update(CUSTOMER).where(CUSTOMER.c.id == bindparam("whose"))
_PUT_CONSENT = Prepared(
    lambda insert: (statement := insert(CONSENT)).on_conflict_do_update(
        index_elements=[CONSENT.c.customer_id, CONSENT.c.channel, CONSENT.c.purpose],
        set_={name: statement.excluded[name] for name in ("granted", "changed_at", "origin")},
        where=CONSENT.c.changed_at <= statement.excluded.changed_at,
    )
)


def known_as(customer_id: ColumnElement[int]) -> ScalarSelect[str]:
    """Return the expression of the id by which a row's customer is named in lists: the first of their aliases."""
    return select(func.min(ALIAS.c.external_id)).where(ALIAS.c.customer_id == customer_id).scalar_subquery()


def find(connection: Connection, external_ids: Iterable[str]) -> dict[str, int]:
    """Return the customer ids of those external ids that are known."""
    wanted = sorted(set(external_ids))
    if not wanted:
        return {}
    rows = _KNOWN(connection, {"wanted": wanted})
    return {row.external_id: row.customer_id for row in rows}


def every_name(connection: Connection, owners: Sequence[int]) -> list[str]:
    """Return every external id of these customers, by which they are locked; SQLite needs no locks."""
    if not owners or connection.dialect.name != "postgresql":
        return []
    return list(
        connection.execute(select(ALIAS.c.external_id).where(ALIAS.c.customer_id.in_(owners))).scalars()
    )


def find_or_create(connection: Connection, external_ids: Iterable[str], now: int) -> dict[str, int]:
    """Return the customer ids of external ids, new customers for those that nobody has named before.

    The caller holds the `customer` locks of these ids.
    """
    wanted = sorted(set(external_ids))
    known = find(connection, wanted)
    missing = [external_id for external_id in wanted if external_id not in known]
    if missing:
        blank = [{"created_at": now, "attributes": "{}"} for _ in missing]
        created = _CREATE(connection, blank).scalars()
        rows = [{"external_id": key, "customer_id": id} for key, id in zip(missing, created, strict=True)]
        _NAME(connection, rows)
        known |= {row["external_id"]: row["customer_id"] for row in rows}
    return known


def put_profile(connection: Connection, customer_id: int, fields: dict[str, Any], at: int, now: int) -> bool:
    """Take over what a profile says of a customer, unless a later one has spoken; return whether it was taken."""
    row = _PROFILE(connection, {"whose": customer_id}).one()
    if row.profile_at is not None and row.profile_at > at:
        return False
    values = dict(fields)
    if "attributes" in values:
        values["attributes"] = dump(json.loads(row.attributes) | values["attributes"])
    if "birthday" in values:
        values |= _birthday(values["birthday"], row.birthday, now)
    if values.get("timezone", row.timezone) != row.timezone:
        values |= {"timezone_since": now, "timezone_before": row.timezone}
    connection.execute(_PUT_PROFILE, {**values, "whose": customer_id, "profile_at": at})
    return True


def _birthday(born: str | None, before: str | None, now: int) -> dict[str, Any]:
    """The columns of a birthday; one that was known already keeps the time at which it was entered."""
    if born is None:
        return {"birthday": None, "birth_day": None, "birthday_since": None}
    since = {} if born == before else {"birthday_since": now}
    return {"birthday": born, "birth_day": born[5:], **since}


def put_consent(
    connection: Connection, customer_id: int, channel: str, purpose: str, granted: bool, at: int, origin: str
) -> None:
    """Record a customer's word on messages of a purpose over a channel; the latest word by business time counts."""
    values = {
        "customer_id": customer_id,
        "channel": channel,
        "purpose": purpose,
        "granted": granted,
        "changed_at": at,
        "origin": origin,
    }
    _PUT_CONSENT(connection, values)

"""Consent, as a customer withdraws it: the latest word counts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from punchcard.domain.customers import CONSENT, CUSTOMER, put_consent
from punchcard.domain.refusals import CustomerUnknown


@dataclass(frozen=True, slots=True)
class Word:
    """What a customer said about messages of a purpose over a channel; `origin` says where."""

    channel: str
    purpose: str
    granted: bool
    changed_at: int
    origin: str


def unsubscribe(
    connection: Connection, customer_id: int, now: int, *, channel: str = "email", purpose: str = "marketing"
) -> None:
    """Withdraw a customer's consent from now on, as asked for by a link in a message.

    CustomerUnknown if there is no such customer.
    """
    language_of(connection, customer_id)
    put_consent(connection, customer_id, channel, purpose, False, now, "link")


def language_of(connection: Connection, customer_id: int) -> str | None:
    """Return a customer's language if it is known; CustomerUnknown if there is no such customer."""
    row = connection.execute(select(CUSTOMER.c.language).where(CUSTOMER.c.id == customer_id)).first()
    if row is None:
        raise CustomerUnknown(f"There is no customer {customer_id}.")
    language: str | None = row.language
    return language


def consents(connection: Connection, customer_id: int) -> tuple[Word, ...]:
    """Return every word that a customer gave, by channel and purpose."""
    rows = connection.execute(
        select(CONSENT)
        .where(CONSENT.c.customer_id == customer_id)
        .order_by(CONSENT.c.channel, CONSENT.c.purpose)
    )
    return tuple(Word(row.channel, row.purpose, row.granted, row.changed_at, row.origin) for row in rows)

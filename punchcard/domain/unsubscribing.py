"""Consent, as a customer withdraws it: the latest word counts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from punchcard.domain.customers import CONSENT, put_consent


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
    """Withdraw a customer's consent from now on, as asked for by a link in a message."""
    put_consent(connection, customer_id, channel, purpose, False, now, "link")


def resubscribe(
    connection: Connection, customer_id: int, now: int, *, channel: str = "email", purpose: str = "marketing"
) -> None:
    """Give consent again, as asked for on the page of such a link by somebody who followed it by mistake."""
    put_consent(connection, customer_id, channel, purpose, True, now, "link")


def consents(connection: Connection, customer_id: int) -> tuple[Word, ...]:
    """Return every word that a customer gave, by channel and purpose."""
    rows = connection.execute(
        select(CONSENT)
        .where(CONSENT.c.customer_id == customer_id)
        .order_by(CONSENT.c.channel, CONSENT.c.purpose)
    )
    return tuple(Word(row.channel, row.purpose, row.granted, row.changed_at, row.origin) for row in rows)

"""Consent, as a customer gives or withdraws it: the latest word counts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from punchcard.domain.customers import Consent
from punchcard.domain.database import table, upsert

CONSENT = table(Consent)


@dataclass(frozen=True, slots=True)
class Word:
    """What a customer said about messages of a purpose over a channel; `origin` says where."""

    channel: str
    purpose: str
    granted: bool
    changed_at: int
    origin: str


def set_consent(connection: Connection, customer_id: int, word: Word) -> bool:
    """Keep a customer's word unless a later one is known; return whether it was kept."""
    values = {
        "customer_id": customer_id,
        "channel": word.channel,
        "purpose": word.purpose,
        "granted": word.granted,
        "changed_at": word.changed_at,
        "origin": word.origin,
    }
    insertion = upsert(connection, CONSENT).values(**values)
    kept = connection.execute(
        insertion.on_conflict_do_update(
            index_elements=["customer_id", "channel", "purpose"],
            set_={name: insertion.excluded[name] for name in ("granted", "changed_at", "origin")},
            where=CONSENT.c.changed_at <= insertion.excluded.changed_at,
        ).returning(CONSENT.c.customer_id)
    ).first()
    return kept is not None


def unsubscribe(
    connection: Connection, customer_id: int, now: int, *, channel: str = "email", purpose: str = "marketing"
) -> None:
    """Withdraw a customer's consent from now on, as asked for by a link in a message."""
    set_consent(connection, customer_id, Word(channel, purpose, False, now, "link"))


def consents(connection: Connection, customer_id: int) -> tuple[Word, ...]:
    """Return every word that a customer gave, by channel and purpose."""
    rows = connection.execute(
        select(CONSENT)
        .where(CONSENT.c.customer_id == customer_id)
        .order_by(CONSENT.c.channel, CONSENT.c.purpose)
    )
    return tuple(Word(row.channel, row.purpose, row.granted, row.changed_at, row.origin) for row in rows)

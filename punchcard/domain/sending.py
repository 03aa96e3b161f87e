"""A message on its way out: claimed before the mail server is spoken to, and settled by what it said.

SMTP leaves a window: a server may have taken a message whose answer never came. So `attempting` is recorded
first. Whoever finds it later knows that the outcome is unknown: a marketing message is not sent again, a
transactional one is, under the same Message-ID.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select, update

from punchcard.domain.customers import Customer
from punchcard.domain.database import table, upsert
from punchcard.domain.instances import Instance
from punchcard.domain.messages import Message, MessageBody, Question
from punchcard.domain.money import to_amount
from punchcard.domain.occasions import Occasion
from punchcard.domain.rewards import Reward
from punchcard.errors import PunchcardError

MESSAGE, BODY, QUESTION = table(Message), table(MessageBody), table(Question)
CUSTOMER, OCCASION, REWARD, INSTANCE = table(Customer), table(Occasion), table(Reward), table(Instance)


class MessageUnknown(PunchcardError):
    """No message was granted to this instance under this key."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money for templates; the edge turns it into what its renderer prints."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant for templates, in epoch milliseconds."""

    millis: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that may be sent now, with all that its words may refer to."""

    id: int
    mail_id: str
    name: str
    purpose: str
    version: str
    campaign: str
    customer_id: int
    customer: dict[str, Any]
    names: dict[str, dict[str, Any]]
    question_id: int | None
    question_shape: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A message about which there is nothing left to do."""

    id: int
    status: str
    reason: str | None


def claim(connection: Connection, instance_id: str, key: str, domain: str) -> Claimed | Settled:
    """Claim a granted message for one attempt, or say what became of it; `domain` ends its Message-ID.

    Raises MessageUnknown if none was granted.
    """
    row = connection.execute(
        select(MESSAGE)
        .join(INSTANCE, INSTANCE.c.occasion_id == MESSAGE.c.occasion_id)
        .where(INSTANCE.c.id == instance_id, MESSAGE.c.key == key)
        .with_for_update(of=MESSAGE)
    ).first()
    if row is None:
        raise MessageUnknown(f"{instance_id} was granted no message under {key}.")
    if row.status == "attempting" and row.purpose == "marketing":
        settle(connection, row.id, "unknown", "crashed", 0)
        return Settled(row.id, "unknown", "crashed")
    if row.status not in ("granted", "attempting"):
        return Settled(row.id, row.status, row.reason)
    mail_id = row.mail_id or f"<m{row.id}.{row.version[:16]}@{domain}>"
    connection.execute(
        update(MESSAGE)
        .where(MESSAGE.c.id == row.id)
        .values(status="attempting", mail_id=mail_id, attempts=MESSAGE.c.attempts + 1)
    )
    return _claimed(connection, row, mail_id)


def keep_words(
    connection: Connection, message_id: int, recipient: str, language: str, subject: str, text: str, html: str
) -> None:
    """Keep a message as the customer gets it."""
    words = {"recipient": recipient, "language": language, "subject": subject, "text": text, "html": html}
    statement = upsert(connection, BODY).values(message_id=message_id, **words)
    connection.execute(statement.on_conflict_do_update(index_elements=[BODY.c.message_id], set_=words))


def settle(connection: Connection, message_id: int, status: str, reason: str | None, now: int) -> None:
    """Record how an attempt ended: `sent`, `failed`, `unknown`, or `granted` where it may be tried again."""
    values: dict[str, Any] = {"status": status, "reason": reason}
    if status == "sent":
        values["sent_at"] = now
    connection.execute(update(MESSAGE).where(MESSAGE.c.id == message_id).values(**values))


def _claimed(connection: Connection, row: Row[Any], mail_id: str) -> Claimed:
    customer = connection.execute(select(CUSTOMER).where(CUSTOMER.c.id == row.customer_id)).one()
    question = connection.execute(select(QUESTION.c.shape).where(QUESTION.c.id == row.question_id)).scalar()
    return Claimed(
        id=row.id,
        mail_id=mail_id,
        name=row.name,
        purpose=row.purpose,
        version=row.version,
        campaign=row.campaign,
        customer_id=row.customer_id,
        customer=_profile(customer),
        names=_names(connection, row),
        question_id=row.question_id,
        question_shape=question,
    )


def _profile(row: Row[Any]) -> dict[str, Any]:
    wanted = ("first_name", "last_name", "email", "phone", "language", "timezone")
    return {**json.loads(row.attributes), **{name: getattr(row, name) for name in wanted}}


def _names(connection: Connection, message: Row[Any]) -> dict[str, dict[str, Any]]:
    """What the occasion came with, and the rewards that it has given so far."""
    stored = connection.execute(
        select(OCCASION.c.names).where(OCCASION.c.id == message.occasion_id)
    ).scalar_one()
    names: dict[str, dict[str, Any]] = json.loads(stored)
    order = names.get("order")
    if order is not None:
        order["amount"] = amount_of(order["amount"], order["currency"])
        order["occurred_at"] = Instant(order["occurred_at"])
    if "occurred_at" in names.get("occasion", {}):
        names["occasion"]["occurred_at"] = Instant(names["occasion"]["occurred_at"])
    rewards = connection.execute(select(REWARD).where(REWARD.c.occasion_id == message.occasion_id))
    for reward in rewards:
        names[reward.name] = {
            "code": reward.code,
            "value": amount_of(reward.value, reward.currency)
            if reward.kind == "amount"
            else Decimal(reward.value) / 10_000,
            "expires": None if reward.expires_at is None else Instant(reward.expires_at),
            "redeemed": reward.status == "redeemed",
            "currency": reward.currency,
        }
    answers = connection.execute(select(QUESTION).where(QUESTION.c.occasion_id == message.occasion_id))
    for row in answers:
        names[row.name] = {
            "answered": row.answer is not None,
            "answer": None if row.answer is None else json.loads(row.answer),
        }
    return names


def amount_of(minor: int, currency: str) -> Amount:
    """Return minor units as templates see them."""
    return Amount(Decimal(to_amount(minor, currency)), currency)

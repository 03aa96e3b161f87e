"""Messages: whether each may go out, what came of it, and the words that the customer saw."""

from __future__ import annotations

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity


class Message(SQLModel, table=True):
    """One message of one instance's step and visit.

    `status`: `deferred` (`reason` says why not yet), `granted` (may go out), `attempting` (handed to the mail
    server, no answer yet), `sent`, `failed` (refused for good), `unknown` (may have arrived), `suppressed`
    (`reason` says why).
    `redeemed` is how many of the occasion's rewards were used when it was granted, `round` the number of the
    round in which its step is repeated.
    """

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("occasion_id", "key"),)

    id: int | None = identity()
    occasion_id: int = big(index=True)
    instance_id: str = Field(index=True)
    campaign: str = Field(index=True)
    customer_id: int = big(index=True)
    key: str
    name: str
    purpose: str
    channel: str = "email"
    version: str
    status: str
    reason: str | None = None
    question_id: int | None = big(nullable=True)
    redeemed: int = 0
    round: int | None = None
    mail_id: str | None = Field(default=None, unique=True)
    attempts: int = 0
    due_at: int = big()
    created_at: int = big(index=True)
    sent_at: int | None = big(nullable=True)


class MessageBody(SQLModel, table=True):
    """The words of a message as they went out. Personal: it can be erased without losing the fact."""

    __tablename__ = "message_body"

    message_id: int = Field(primary_key=True, foreign_key="message.id", sa_type=BigInteger)
    recipient: str
    language: str
    subject: str
    text: str
    html: str


class Question(SQLModel, table=True):
    """A question put to a customer and its answer; `shape` and `answer` are JSON."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("occasion_id", "key"),)

    id: int | None = identity()
    occasion_id: int = big()
    instance_id: str = Field(index=True)
    customer_id: int = big(index=True)
    campaign: str
    key: str
    name: str
    shape: str
    asked_at: int = big()
    answer: str | None = None
    answered_at: int | None = big(nullable=True)

"""A message on its way out: claimed before the mail server is spoken to, and settled by what it said.

SMTP leaves a window: a server may have taken a message whose answer never came. So `attempting` is recorded
first. Whoever finds it later knows that the outcome is unknown: a marketing message is not sent again, a
transactional one is, under the same Message-ID.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, func, select, update

from punchcard.domain.customers import CONSENT, CUSTOMER, PROFILE
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.messages import Message, MessageBody, Question
from punchcard.domain.occasion_facts import LED_TO, facts_of_occasion
from punchcard.domain.occasions import Occasion
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import redeemed_of
from punchcard.errors import PunchcardError

MESSAGE, BODY, QUESTION = table(Message), table(MessageBody), table(Question)
WORDS = ("recipient", "language", "subject", "text", "html")
OCCASION, INSTANCE = table(Occasion), table(Instance)

# All that decides whether a message may go out, and most of what its words may refer to, in one look.
_MESSAGE = Prepared(
    select(
        MESSAGE,
        OCCASION.c.status.label("occasion_status"),
        OCCASION.c.names,
        *LED_TO,
        QUESTION.c.shape,
        CONSENT.c.granted.label("consents"),
        *(CUSTOMER.c[name] for name in (*PROFILE, "attributes", "erased_at")),
        (redeemed_of(OCCASION.c.id) > MESSAGE.c.redeemed).label("redeemed_since"),
    )
    .join(INSTANCE, INSTANCE.c.occasion_id == MESSAGE.c.occasion_id)
    .join(OCCASION, OCCASION.c.id == MESSAGE.c.occasion_id)
    .join(CUSTOMER, CUSTOMER.c.id == MESSAGE.c.customer_id)
    .outerjoin(QUESTION, QUESTION.c.id == MESSAGE.c.question_id)
    .outerjoin(
        CONSENT,
        and_(
            CONSENT.c.customer_id == MESSAGE.c.customer_id,
            CONSENT.c.channel == MESSAGE.c.channel,
            CONSENT.c.purpose == "marketing",
        ),
    )
    .where(INSTANCE.c.id == bindparam("instance_id"), MESSAGE.c.key == bindparam("message_key"))
    .with_for_update(of=MESSAGE)
)
_ATTEMPT = Prepared(
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("message_id"))
    .values(status="attempting", mail_id=bindparam("message_mail_id"), attempts=MESSAGE.c.attempts + 1)
)
_SETTLE = Prepared(
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("message_id"))
    .values(
        status=bindparam("message_status"),
        reason=bindparam("why"),
        sent_at=func.coalesce(bindparam("message_sent_at", type_=BigInteger), MESSAGE.c.sent_at),
    )
)
_KEEP_WORDS = Prepared(
    lambda insert: (statement := insert(BODY)).on_conflict_do_update(
        index_elements=[BODY.c.message_id],
        set_={name: statement.excluded[name] for name in WORDS},
    )
)


class MessageUnknown(PunchcardError):
    """No message was granted to this instance under this key."""


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

    @property
    def word(self) -> str:
        """The status under which the instance hears of it."""
        return "superseded" if self.status == "suppressed" else self.status


def claim(connection: Connection, instance_id: str, key: str, domain: str) -> Claimed | Settled:
    """Claim a granted message for one attempt, or say what became of it; `domain` ends its Message-ID.

    Effects that leave the house ask first: the facts are looked at once more, since an attempt may come long
    after the grant. Raises MessageUnknown if none was granted.
    """
    row = _MESSAGE(connection, {"instance_id": instance_id, "message_key": key}).first()
    if row is None:
        raise MessageUnknown(f"{instance_id} was granted no message under {key}.")
    if row.status == "attempting" and row.purpose == "marketing":
        return _settled(connection, row, "unknown", "crashed")
    if row.status not in ("granted", "attempting"):
        return Settled(row.id, row.status, row.reason)
    reason = _superseded(row)
    if reason is not None:
        return _settled(connection, row, "suppressed" if row.status == "granted" else "unknown", reason)
    mail_id = row.mail_id or f"<m{row.id}.{row.version[:16]}@{domain}>"
    _ATTEMPT(connection, {"message_id": row.id, "message_mail_id": mail_id})
    return _claimed(connection, row, mail_id)


def _settled(connection: Connection, row: Any, status: str, reason: str) -> Settled:
    settle(connection, row.id, status, reason, 0)
    return Settled(row.id, status, reason)


def _superseded(row: Any) -> str | None:
    """What has changed since the message was granted, so that it must not go out any more."""
    if row.occasion_status != "standing":
        return "reversed"
    if row.erased_at is not None:
        return "erased"
    if row.email is None:
        return "no_address"
    if row.purpose == "marketing" and not row.consents:
        return "no_consent"
    return "redeemed" if row.redeemed_since else None


def keep_words(
    connection: Connection, message_id: int, recipient: str, language: str, subject: str, text: str, html: str
) -> None:
    """Keep a message as the customer gets it."""
    words = (recipient, language, subject, text, html)
    values = {"message_id": message_id, **dict(zip(WORDS, words, strict=True))}
    _KEEP_WORDS(connection, values)


def settle(connection: Connection, message_id: int, status: str, reason: str | None, now: int) -> None:
    """Record how an attempt ended: `sent`, `failed`, `unknown`, or `granted` where it may be tried again."""
    sent_at = now if status == "sent" else None
    values = {"message_id": message_id, "message_status": status, "why": reason, "message_sent_at": sent_at}
    _SETTLE(connection, values)


def _claimed(connection: Connection, row: Any, mail_id: str) -> Claimed:
    return Claimed(
        id=row.id,
        mail_id=mail_id,
        name=row.name,
        purpose=row.purpose,
        version=row.version,
        campaign=row.campaign,
        customer_id=row.customer_id,
        customer={**json.loads(row.attributes), **{name: getattr(row, name) for name in PROFILE}},
        names=facts_of_occasion(connection, row)
        | ({} if row.round is None else {"round": {"number": row.round}}),
        question_id=row.question_id,
        question_shape=row.shape,
    )

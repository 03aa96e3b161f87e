"""The mail that went out, or did not: every message as it stands, with its words while they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, Select, func, select, union

from punchcard.domain.customers import Alias, known_as
from punchcard.domain.database import table
from punchcard.domain.messages import Message, MessageBody
from punchcard.domain.pages import Page, after, page
from punchcard.domain.refusals import MailUnknown

MESSAGE, BODY, ALIAS = table(Message), table(MessageBody), table(Alias)

MessageStatus = Literal["deferred", "granted", "attempting", "sent", "failed", "unknown", "suppressed"]
STATUSES: tuple[MessageStatus, ...] = get_args(MessageStatus)


@dataclass(frozen=True, slots=True)
class WantedMail:
    """Which messages; what is None does not matter. `customer` is an integrator's id of a customer."""

    campaign: str | None = None
    status: MessageStatus | None = None
    customer: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class MailLine:
    """One message in a list; recipient and subject are None until it was sent, and after they were erased."""

    id: int
    campaign: str
    instance_id: str
    customer: str | None
    name: str
    purpose: str
    status: MessageStatus
    reason: str | None
    created_at: int
    sent_at: int | None
    recipient: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Mail:
    """One message with its words as the customer got them; without words where they are None."""

    line: MailLine
    mail_id: str | None
    attempts: int
    due_at: int
    version: str
    language: str | None
    text: str | None
    html: str | None


def find_mail(
    connection: Connection, wanted: WantedMail, *, cursor: str | None = None, limit: int = 50
) -> Page[MailLine]:
    """Return messages, the latest first."""
    statement = _lines()
    if wanted.campaign is not None:
        statement = statement.where(MESSAGE.c.campaign == wanted.campaign)
    if wanted.status is not None:
        statement = statement.where(MESSAGE.c.status == wanted.status)
    if wanted.name is not None:
        statement = statement.where(MESSAGE.c.name == wanted.name)
    if wanted.customer is not None:
        known = select(ALIAS.c.customer_id).where(ALIAS.c.external_id == wanted.customer)
        ways = [select(MESSAGE.c.id).where(MESSAGE.c.customer_id.in_(known))]
        if "@" in wanted.customer:
            address = wanted.customer.lower()
            ways.append(select(BODY.c.message_id).where(func.lower(BODY.c.recipient) == address))
        statement = statement.where(MESSAGE.c.id.in_(union(*ways)))
    rows = connection.execute(after(statement, (MESSAGE.c.id,), cursor, limit)).all()
    return page(rows, limit, _line, ("id",))


def read_mail(connection: Connection, id_: int) -> Mail:
    """Return one message; MailUnknown if there is none of this id."""
    row = connection.execute(_lines(BODY.c.text, BODY.c.html).where(MESSAGE.c.id == id_)).first()
    if row is None:
        raise MailUnknown(f"There is no message {id_}.")
    return Mail(
        line=_line(row),
        mail_id=row.mail_id,
        attempts=row.attempts,
        due_at=row.due_at,
        version=row.version,
        language=row.language,
        text=row.text,
        html=row.html,
    )


def _lines(*more: Any) -> Select[Any]:
    words = (BODY.c.recipient, BODY.c.subject, BODY.c.language)
    return select(MESSAGE, known_as(MESSAGE.c.customer_id).label("customer"), *words, *more).outerjoin(
        BODY, BODY.c.message_id == MESSAGE.c.id
    )


def _line(row: Row[Any]) -> MailLine:
    return MailLine(
        id=row.id,
        campaign=row.campaign,
        instance_id=row.instance_id,
        customer=row.customer,
        name=row.name,
        purpose=row.purpose,
        status=row.status,
        reason=row.reason,
        created_at=row.created_at,
        sent_at=row.sent_at,
        recipient=row.recipient,
        subject=row.subject,
    )

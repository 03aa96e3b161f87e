"""The programme's quiet hours and caps: whether a message that may go out must wait, or is one too many."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, not_, or_, select

from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting
from punchcard.domain.locking import lock
from punchcard.domain.messages import Message as MessageRow
from punchcard.domain.prepared import Prepared
from punchcard.plan.calendar import quiet_until, reach, room
from punchcard.plan.model import Limit, Message

MESSAGE = table(MessageRow)

_SENT = Prepared(
    select(func.coalesce(MESSAGE.c.sent_at, MESSAGE.c.created_at)).where(
        MESSAGE.c.customer_id == bindparam("whose"),
        MESSAGE.c.purpose == "marketing",
        not_(or_(*(MESSAGE.c.status == status for status in ("deferred", "suppressed", "failed")))),
        func.coalesce(MESSAGE.c.sent_at, MESSAGE.c.created_at) >= bindparam("window_start"),
    )
)


@dataclass(frozen=True, slots=True)
class Held:
    """Why a message does not go out now, and when it may; not at all where `until` is None."""

    reason: str
    until: int | None


def held(granting: Granting, message: Message, disturbs: bool | None = None) -> Held | None:
    """Return what keeps a message back at this instant; None if nothing does.

    `disturbs` says whether it goes out in quiet hours this once, whatever the message says.
    """
    contact = granting.plan.contact
    if contact is None:
        return None
    if message.purpose == "marketing" and contact.caps:
        free = _room(granting, contact.caps)
        if free > granting.now:
            return Held("capped", free if message.deferred else None)
    if contact.quiet is None or (message.disturbs if disturbs is None else disturbs):
        return None
    until = quiet_until(contact.quiet, granting.now, granting.zone)
    return None if until is None else Held("quiet_hours", until)


def _room(granting: Granting, caps: tuple[Limit, ...]) -> int:
    """The first instant from now on at which no cap is exceeded by one more message to the customer."""
    whose, now, zone = granting.instance.customer_id, granting.now, granting.zone
    lock(granting.connection, "contact", [whose])
    sent = _sent(granting.connection, whose, min(reach(cap, now, zone)[0] for cap in caps))
    return max(room(cap, now, sent, zone) for cap in caps)


def _sent(connection: Connection, whose: int, since: int) -> list[int]:
    return list(_SENT(connection, {"whose": whose, "window_start": since}).scalars())

"""A call on its way out: claimed before another system is spoken to, and settled by what it said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from punchcard.domain.calls import CALL
from punchcard.domain.customers import Customer
from punchcard.domain.database import dump, table
from punchcard.domain.instances import Instance
from punchcard.domain.occasions import Occasion
from punchcard.errors import PunchcardError

INSTANCE, OCCASION, CUSTOMER = table(Instance), table(Occasion), table(Customer)


class CallUnknown(PunchcardError):
    """No call was granted to this instance under this key."""


@dataclass(frozen=True, slots=True)
class ClaimedCall:
    """A request that may be made now; `identity` names it to the receiver, `version` and `path` its step."""

    id: int
    identity: str
    version: str
    path: str
    method: str
    url: str
    body: str | None


@dataclass(frozen=True, slots=True)
class SettledCall:
    """A call about which there is nothing left to do; with a `reason` it was not made."""

    reason: str | None
    http_status: int | None
    duration: int | None
    size: int | None
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Replied:
    """What a reply came to: its status, how long it took in milliseconds, its bytes, and what `returns` asks for."""

    http_status: int
    duration: int
    size: int
    values: dict[str, Any]


def claim_call(
    connection: Connection, instance_id: str, key: str, identity: str
) -> ClaimedCall | SettledCall:
    """Claim a granted call for one attempt, or say what became of it; `identity` names it from its first attempt on.

    The facts are looked at once more, since an attempt may come long after the grant. A reply that was recorded is
    never asked for again. Raises CallUnknown if none was granted.
    """
    row = connection.execute(
        select(
            CALL,
            OCCASION.c.status.label("occasion_status"),
            CUSTOMER.c.erased_at.label("erased_at"),
        )
        .join(INSTANCE, INSTANCE.c.occasion_id == CALL.c.occasion_id)
        .join(OCCASION, OCCASION.c.id == CALL.c.occasion_id)
        .join(CUSTOMER, CUSTOMER.c.id == CALL.c.customer_id)
        .where(INSTANCE.c.id == instance_id, CALL.c.key == key)
        .with_for_update(of=CALL)
    ).first()
    if row is None:
        raise CallUnknown(f"{instance_id} was granted no call under {key}.")
    if row.status == "done":
        return SettledCall(None, row.http_status, row.duration, row.size, json.loads(row.result))
    if row.status == "superseded":
        return SettledCall(row.reason, None, None, None, {})
    reason = (
        "reversed" if row.occasion_status != "standing" else "erased" if row.erased_at is not None else None
    )
    if reason is not None:
        _put(connection, row.id, status="superseded", reason=reason)
        return SettledCall(reason, None, None, None, {})
    name = row.call_id or identity
    _put(connection, row.id, status="attempting", call_id=name, attempts=row.attempts + 1)
    return ClaimedCall(row.id, name, row.version, row.path, row.method, row.url, row.body)


def record_reply(connection: Connection, id_: int, replied: Replied, now: int) -> None:
    """Record that the call came to something."""
    _put(
        connection,
        id_,
        status="done",
        reason=None,
        http_status=replied.http_status,
        duration=replied.duration,
        size=replied.size,
        result=dump(replied.values),
        ended_at=now,
    )


def record_failure(connection: Connection, id_: int, reason: str, now: int, *, final: bool) -> None:
    """Record why an attempt came to nothing; one that is not `final` may be made again."""
    _put(
        connection,
        id_,
        status="failed" if final else "granted",
        reason=reason,
        ended_at=now if final else None,
    )


def _put(connection: Connection, id_: int, **values: Any) -> None:
    connection.execute(update(CALL).where(CALL.c.id == id_).values(**values))

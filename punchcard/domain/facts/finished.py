"""An instance's end, which closes what it has left open."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, update

from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting
from punchcard.domain.instances import Incident
from punchcard.domain.messages import Message
from punchcard.domain.prepared import Prepared
from punchcard.plan.events import Finished

INCIDENT, MESSAGE = table(Incident), table(Message)

_CLOSE_INCIDENTS = Prepared(
    update(INCIDENT)
    .where(INCIDENT.c.instance_id == bindparam("instance"), INCIDENT.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"), resolution=bindparam("how"))
)
_SUPPRESS_GRANTED = Prepared(
    update(MESSAGE)
    .where(
        MESSAGE.c.occasion_id == bindparam("occasion"),
        or_(MESSAGE.c.status == "granted", MESSAGE.c.status == "deferred"),
    )
    .values(status="suppressed", reason=bindparam("why"))
)


def finished(granting: Granting, fact: Finished) -> None:
    """Close what was open: incidents, and messages that were granted or deferred and never tried."""
    instance, connection = granting.instance, granting.connection
    closed = {"instance": instance.id, "at": granting.now, "how": fact.outcome}
    _CLOSE_INCIDENTS(connection, closed)
    _SUPPRESS_GRANTED(connection, {"occasion": instance.occasion_id, "why": fact.outcome})

"""An instance's end, which closes what it has left open, and is told to whoever waits for it."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, update

from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting
from punchcard.domain.instances import Incident
from punchcard.domain.messages import Message
from punchcard.domain.onward import tell_who_waits
from punchcard.domain.prepared import Prepared
from punchcard.domain.tasks import Task as TaskRow
from punchcard.plan.facts import Finished
from punchcard.plan.model import Approve, Task, walk
from punchcard.plan.triggers import ManualTrigger

INCIDENT, MESSAGE, TASK = table(Incident), table(Message), table(TaskRow)

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
_CLOSE_TASKS = Prepared(
    update(TASK)
    .where(TASK.c.occasion_id == bindparam("whose"), TASK.c.status == "open")
    .values(status=bindparam("how"), closed_at=bindparam("at"))
)


def finished(granting: Granting, fact: Finished) -> None:
    """Close what was open: incidents, tasks, and messages that were granted or deferred and never tried."""
    instance, connection = granting.instance, granting.connection
    closed = {"instance": instance.id, "at": granting.now, "how": fact.outcome}
    _CLOSE_INCIDENTS(connection, closed)
    if any(isinstance(step, Task | Approve) for step in walk(granting.plan.steps)):
        ended = {"whose": instance.occasion_id, "how": fact.outcome, "at": granting.now}
        _CLOSE_TASKS(connection, ended)
    if isinstance(granting.plan.trigger, ManualTrigger):
        tell_who_waits(connection, instance.occasion_id, fact.outcome, granting.now)
    _SUPPRESS_GRANTED(connection, {"occasion": instance.occasion_id, "why": fact.outcome})

"""Tasks opened for people, passed to the next role, and closed when nobody is to act any more."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from punchcard.domain.database import dump, table
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.prepared import Prepared
from punchcard.domain.tasks import DECIDED, Task
from punchcard.plan.calendar import resolve
from punchcard.plan.facts import CloseTask, MoveTask, OpenTask, PassTask
from punchcard.plan.model import Moment

TASK = table(Task)

_KNOWN = Prepared(
    select(TASK.c.id, TASK.c.due_at, TASK.c.asked, TASK.c.status, TASK.c.closed_at).where(
        TASK.c.occasion_id == bindparam("occasion_id"), TASK.c.key == bindparam("task_key")
    )
)
_OPEN = Prepared(insert(TASK).returning(TASK.c.id))
_REOPEN = Prepared(
    update(TASK)
    .where(TASK.c.id == bindparam("task_id"))
    .values(status="open", instance_id=bindparam("now_of"), due_at=bindparam("then_due"), closed_at=None)
)
_PASS = Prepared(
    update(TASK)
    .where(TASK.c.occasion_id == bindparam("whose"), TASK.c.key == bindparam("task_key"))
    .values(asked=bindparam("now_asked"), due_at=bindparam("next_due"), claimed_by=None, claimed_at=None)
)
_MOVE = Prepared(
    update(TASK)
    .where(
        TASK.c.occasion_id == bindparam("whose"),
        TASK.c.key == bindparam("task_key"),
        TASK.c.status == "open",
    )
    .values(due_at=bindparam("then_due"))
)
_CLOSE = Prepared(
    update(TASK)
    .where(
        TASK.c.occasion_id == bindparam("whose"),
        TASK.c.key == bindparam("task_key"),
        TASK.c.status == "open",
    )
    .values(status=bindparam("how"), closed_at=bindparam("at"))
)


def open_task(granting: Granting, fact: OpenTask) -> Result:
    """Put the task before its first role; one that was closed because the instance ended is open again.

    Then it may take as long again as it had left.
    """
    instance, connection = granting.instance, granting.connection
    place = {"occasion_id": instance.occasion_id, "task_key": fact.key}
    known = _KNOWN(connection, place).first()
    if known is not None:
        due = known.due_at
        if known.status not in (*DECIDED, "open", "erased"):
            due += granting.now - known.closed_at
            _REOPEN(connection, {"task_id": known.id, "now_of": instance.id, "then_due": due})
        if known.status == "erased":
            return {"task": known.id, "erased": True}
        return {"task": known.id, "due": due, "turn": len(json.loads(known.asked)) - 1}
    erased = instance.erased_at is not None
    due = _due(granting, fact.until)
    values: dict[str, Any] = {
        "occasion_id": instance.occasion_id,
        "instance_id": instance.id,
        "campaign": instance.campaign,
        "customer_id": instance.customer_id,
        "version": instance.version,
        "key": fact.key,
        "path": fact.path,
        "name": fact.name,
        "kind": fact.what,
        "roles": dump(list(fact.roles)),
        "asked": dump(list(fact.roles[:1])),
        "status": "erased" if erased else "open",
        "opened_at": granting.now,
        "due_at": due,
        "closed_at": granting.now if erased else None,
    }
    opened = _OPEN(connection, values).scalar_one()
    return {"task": opened, "erased": True} if erased else {"task": opened, "due": due, "turn": 0}


def pass_task(granting: Granting, fact: PassTask) -> Result:
    """Put the task before the role whose turn it is now."""
    due = _due(granting, fact.until)
    asked = dump(list(fact.roles[: fact.turn + 1]))
    place = {"whose": granting.instance.occasion_id, "task_key": fact.key}
    _PASS(granting.connection, {**place, "now_asked": asked, "next_due": due})
    return {"due": due, "turn": fact.turn}


def move_task(granting: Granting, fact: MoveTask) -> None:
    """Let an open task show until when its turn lasts now."""
    place = {"whose": granting.instance.occasion_id, "task_key": fact.key}
    _MOVE(granting.connection, {**place, "then_due": fact.due})


def close_task(granting: Granting, fact: CloseTask) -> None:
    """Take an open task off the lists."""
    place = {"whose": granting.instance.occasion_id, "task_key": fact.key}
    _CLOSE(granting.connection, {**place, "how": fact.how, "at": granting.now})


def _due(granting: Granting, until: Moment) -> int:
    """The instant by the clock of those who run the campaign, not the customer's."""
    return resolve(until, granting.now, granting.plan.timezone, granting.plan.calendar)

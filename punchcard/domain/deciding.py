"""What people do with tasks: take one up, complete it, decide it; recorded once, and told to the instance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from punchcard.domain import audit
from punchcard.domain.database import table
from punchcard.domain.generations import current_generation
from punchcard.domain.occasions import Occasion
from punchcard.domain.outbox import tell
from punchcard.domain.prepared import Prepared
from punchcard.domain.refusals import AlreadyDecided, InputUnfit, TaskNotYours, TaskUnknown
from punchcard.domain.tasks import Task, Verdict, outcome_of

TASK, OCCASION = table(Task), table(Occasion)
LONGEST_NOTE = 2000
VERDICTS: dict[str, tuple[Verdict, ...]] = {"task": ("done",), "approve": ("approved", "rejected")}
DEEDS: dict[Verdict, str] = {"approved": "task.approve", "rejected": "task.reject", "done": "task.complete"}

_FIND = Prepared(select(TASK.c.occasion_id).where(TASK.c.id == bindparam("task_id")))
# A tick locks the occasion before it touches a task, so whoever decides does too.
_LOCK = Prepared(select(OCCASION.c.id).where(OCCASION.c.id == bindparam("occasion_id")).with_for_update())
_READ = Prepared(select(TASK).where(TASK.c.id == bindparam("task_id")))


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, and when; `roles` are those that the person holds, None for whoever may act in any."""

    actor: str
    now: int
    roles: frozenset[str] | None = None


def decide(connection: Connection, id_: int, verdict: Verdict, hand: Hand, note: str | None = None) -> None:
    """Record a decision, or that the work is done, and tell the instance; the same again changes nothing.

    TaskUnknown, TaskNotYours for somebody of another role, InputUnfit if this kind of task has no such end,
    AlreadyDecided if it has ended otherwise.
    """
    row = _locked(connection, id_)
    if verdict not in VERDICTS[row.kind]:
        raise InputUnfit(
            "This task asks for a decision."
            if row.kind == "approve"
            else "This task asks for work, not a decision.",
            remedy="Approve or reject it." if row.kind == "approve" else "Complete it.",
        )
    _must_be_theirs(row, hand)
    if row.status == verdict:
        return
    _must_be_open(row)
    words = _note(note)
    closed = {"status": verdict, "closed_at": hand.now, "closed_by": hand.actor, "note": words}
    connection.execute(update(TASK).where(TASK.c.id == id_).values(**closed))
    _tell(connection, row, verdict, hand)
    audit.log(connection, hand.actor, DEEDS[verdict], f"task:{id_}", hand.now, instance=row.instance_id)


def claim(connection: Connection, id_: int, hand: Hand) -> None:
    """Take a task up, so that nobody else begins with it; TaskNotYours if somebody else has."""
    row = _locked(connection, id_)
    _must_be_theirs(row, hand)
    _must_be_open(row)
    if row.claimed_by == hand.actor:
        return
    if row.claimed_by is not None:
        raise TaskNotYours("Somebody else has taken this task up.", remedy="Ask them to let go of it.")
    connection.execute(
        update(TASK).where(TASK.c.id == id_).values(claimed_by=hand.actor, claimed_at=hand.now)
    )
    audit.log(connection, hand.actor, "task.claim", f"task:{id_}", hand.now, instance=row.instance_id)


def release(connection: Connection, id_: int, hand: Hand) -> None:
    """Let go of a task, also for somebody who is away; one that nobody has taken up stays as it is."""
    row = _locked(connection, id_)
    _must_be_theirs(row, hand)
    _must_be_open(row)
    if row.claimed_by is None:
        return
    connection.execute(update(TASK).where(TASK.c.id == id_).values(claimed_by=None, claimed_at=None))
    audit.log(connection, hand.actor, "task.release", f"task:{id_}", hand.now, instance=row.instance_id)


def _locked(connection: Connection, id_: int) -> Row[Any]:
    found = _FIND(connection, {"task_id": id_}).first()
    if found is None:
        raise TaskUnknown(f"There is no task {id_}.", remedy="The list of tasks shows them all.")
    _LOCK(connection, {"occasion_id": found.occasion_id})
    row: Row[Any] = _READ(connection, {"task_id": id_}).one()
    return row


def _must_be_theirs(row: Row[Any], hand: Hand) -> None:
    """Whoever holds a role whose turn has come may act; an earlier turn does not end with the next one."""
    asked = json.loads(row.asked)
    if hand.roles is not None and not hand.roles.intersection(asked):
        raise TaskNotYours(
            f"This task is for {' or '.join(asked)}.", remedy="Somebody of that role has to act."
        )


def _must_be_open(row: Row[Any]) -> None:
    if row.status != "open":
        raise AlreadyDecided(f"The task has ended: {row.status}.", remedy="What has ended cannot be changed.")


def _note(text: str | None) -> str | None:
    words = (text or "").strip()
    if len(words) > LONGEST_NOTE:
        raise InputUnfit(
            f"The note has {len(words)} characters.", remedy=f"Write at most {LONGEST_NOTE} characters."
        )
    return words or None


def _tell(connection: Connection, row: Row[Any], verdict: Verdict, hand: Hand) -> None:
    what, data = outcome_of(row.kind, verdict, row.key, hand.actor)
    delivery = {"name": f"{row.name}.{what}", "data": data, "at": hand.now}
    tell(connection, current_generation(connection, row.occasion_id), "deliver", delivery, hand.now)

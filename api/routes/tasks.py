"""Tasks for people: find them, see one, complete it or decide."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy import Connection

from api.auth import Allowed, keyed
from api.installation import Here, Installation
from api.problems import NotJson
from api.shapes.tasks import DecisionMade, TaskPage, TasksAsked, TaskShown, WorkDone, task_shown
from punchcard.domain.deciding import Hand, decide
from punchcard.domain.keys import Key
from punchcard.domain.refusals import AlreadyDecided, CursorUnknown, InputUnfit, TaskUnknown
from punchcard.domain.task_list import TaskLine, find_task, find_tasks
from punchcard.domain.tasks import Verdict
from punchcard.filling import what_to_do

router = APIRouter(prefix="/v1/tasks", tags=["Tasks"])
Reads = Depends(Allowed("tasks:read"))
Id = Annotated[int, Path(ge=1, le=2**63 - 1, description="Its id.", examples=[1])]
MayDecide = Annotated[Key, Depends(Allowed("tasks:decide"))]


@router.get("", summary="Find tasks", dependencies=[Reads], responses=keyed(CursorUnknown))
def get_tasks(asked: Annotated[TasksAsked, Query()], here: Here) -> TaskPage:
    """Return tasks, the latest first, in pages: `next` is the `cursor` of the page that follows."""
    with here.database.read() as connection:
        page = find_tasks(
            connection,
            roles=None if asked.role is None else {asked.role},
            is_open=asked.open,
            campaign=asked.campaign,
            customer=asked.customer,
            cursor=asked.cursor,
            limit=asked.limit,
        )
        return TaskPage(tasks=[_shown(here, connection, line) for line in page.items], next=page.next)


@router.get("/{task}", summary="See a task", dependencies=[Reads], responses=keyed(TaskUnknown))
def get_task(task: Id, here: Here) -> TaskShown:
    """Return one task: what is asked of whom, until when, and what came of it."""
    with here.database.read() as connection:
        return _shown(here, connection, find_task(connection, task))


@router.post(
    "/{task}/decision",
    summary="Approve or reject",
    responses=keyed(NotJson, TaskUnknown, AlreadyDecided, InputUnfit),
)
def post_decision(task: Id, body: DecisionMade, here: Here, key: MayDecide) -> TaskShown:
    """Decide an approval; the instance goes on by what was decided.

    The same decision again changes nothing, so the call can be repeated; another one is refused, since the first
    counts. The key acts for every role: who may decide is for your system to see to.
    """
    verdict: Verdict = "approved" if body.approved else "rejected"
    with here.database.begin() as connection:
        decide(connection, task, verdict, Hand(key.actor, here.now()), body.note)
        return _shown(here, connection, find_task(connection, task))


@router.post(
    "/{task}/completion",
    summary="Complete a task",
    responses=keyed(NotJson, TaskUnknown, AlreadyDecided, InputUnfit),
)
def post_completion(task: Id, body: WorkDone, here: Here, key: MayDecide) -> TaskShown:
    """Say that the work is done; the instance goes on. Doing so again changes nothing."""
    with here.database.begin() as connection:
        decide(connection, task, "done", Hand(key.actor, here.now()), body.note)
        return _shown(here, connection, find_task(connection, task))


def _shown(here: Installation, connection: Connection, line: TaskLine) -> TaskShown:
    plan = here.plans.program(connection, line.version).plan
    return task_shown(line, what_to_do(connection, here.plans, line, plan.language, plan.timezone))

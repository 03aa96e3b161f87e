"""Finding tasks: by role, state, campaign and customer."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, false, func, or_, select

from punchcard.domain.customers import Alias, known_as
from punchcard.domain.database import table
from punchcard.domain.pages import Page, after, page
from punchcard.domain.refusals import TaskUnknown
from punchcard.domain.tasks import Task

TASK, ALIAS = table(Task), table(Alias)
TaskState = Literal[
    "open",
    "done",
    "approved",
    "rejected",
    "elapsed",
    "overtaken",
    "erased",
    "completed",
    "stopped",
    "cancelled",
    "reversed",
]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task; `roles` are to be asked in turn, `asked` those whose turn has come: it is with the last of them."""

    id: int
    kind: Literal["task", "approve"]
    campaign: str
    version: str
    instance_id: str
    occasion_id: int
    customer_id: int
    customer: str | None
    key: str
    name: str
    path: str
    roles: tuple[str, ...]
    asked: tuple[str, ...]
    state: TaskState
    opened_at: int
    due_at: int
    claimed_by: str | None
    closed_at: int | None
    closed_by: str | None
    note: str | None

    @property
    def role(self) -> str:
        """Whose turn it is, or was at the end."""
        return self.asked[-1]


def find_tasks(
    connection: Connection,
    *,
    roles: Collection[str] | None = None,
    is_open: bool | None = None,
    campaign: str | None = None,
    customer: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[TaskLine]:
    """Return tasks, the latest first; with `roles` those that one of them was asked for."""
    statement = _lines()
    if roles is not None:
        statement = statement.where(_asks_any(roles))
    if is_open is not None:
        statement = statement.where(TASK.c.status == "open" if is_open else TASK.c.status != "open")
    if campaign is not None:
        statement = statement.where(TASK.c.campaign == campaign)
    if customer is not None:
        known = select(ALIAS.c.customer_id).where(ALIAS.c.external_id == customer)
        statement = statement.where(TASK.c.customer_id.in_(known))
    rows = connection.execute(after(statement, (TASK.c.id,), cursor, limit)).all()
    return page(rows, limit, _line, ("id",))


def find_task(connection: Connection, id_: int) -> TaskLine:
    """Return one task; TaskUnknown if there is none of this id."""
    row = connection.execute(_lines().where(TASK.c.id == id_)).first()
    if row is None:
        raise TaskUnknown(f"There is no task {id_}.", remedy="The list of tasks shows them all.")
    return _line(row)


def tasks_of_occasion(connection: Connection, occasion_id: int) -> tuple[TaskLine, ...]:
    """Return what an occasion asked of people, in that order."""
    rows = connection.execute(_lines().where(TASK.c.occasion_id == occasion_id).order_by(TASK.c.id))
    return tuple(_line(row) for row in rows)


def count_open_tasks(connection: Connection, roles: Collection[str] | None = None) -> int:
    """Return how many tasks are open, for one of these roles where they are named."""
    statement = select(func.count()).select_from(TASK).where(TASK.c.status == "open")
    if roles is not None:
        statement = statement.where(_asks_any(roles))
    return int(connection.execute(statement).scalar_one())


def _asks_any(roles: Collection[str]) -> Any:
    return or_(false(), *(_asks(role) for role in sorted(roles)))


def _asks(role: str) -> Any:
    """Whether the role's turn has come; names of roles hold no quotes, so the JSON list can be searched as text."""
    return TASK.c.asked.contains(f'"{role}"', autoescape=True)


def _lines() -> Select[Any]:
    return select(TASK, known_as(TASK.c.customer_id).label("customer"))


def _line(row: Row[Any]) -> TaskLine:
    return TaskLine(
        id=row.id,
        kind=row.kind,
        campaign=row.campaign,
        version=row.version,
        instance_id=row.instance_id,
        occasion_id=row.occasion_id,
        customer_id=row.customer_id,
        customer=row.customer,
        key=row.key,
        name=row.name,
        path=row.path,
        roles=tuple(json.loads(row.roles)),
        asked=tuple(json.loads(row.asked)),
        state=row.status,
        opened_at=row.opened_at,
        due_at=row.due_at,
        claimed_by=row.claimed_by,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        note=row.note,
    )

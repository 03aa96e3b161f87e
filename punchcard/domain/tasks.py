"""Tasks: what a campaign asks of the people who run the shop, work to be done or a decision to be made."""

from __future__ import annotations

from typing import Any, Literal, get_args

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity

Verdict = Literal["approved", "rejected", "done"]
DECIDED: tuple[Verdict, ...] = get_args(Verdict)


class Task(SQLModel, table=True):
    """Work (`kind` is `task`) or a decision (`approve`) that one step and visit of an occasion asks for.

    `roles` is a JSON list, `asked` the part of it whose turn has come: the task is with the last of these, and
    the others may still act.
    `status`: `open`, `done`, `approved`, `rejected`, or how it came to nothing: `elapsed` (nobody answered),
    `erased`, or the instance's outcome. `note` is what the person wrote; it is erased with the customer.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("occasion_id", "key"),
        Index("task_by_status", "status", "id"),
    )

    id: int | None = identity()
    occasion_id: int = Field(foreign_key="occasion.id", sa_type=BigInteger)
    instance_id: str = Field(index=True)
    campaign: str = Field(index=True)
    customer_id: int = big(index=True)
    version: str
    key: str
    path: str
    name: str
    kind: str
    roles: str
    asked: str
    status: str = "open"
    opened_at: int = big()
    due_at: int = big()
    claimed_by: str | None = None
    claimed_at: int | None = big(nullable=True)
    closed_at: int | None = big(nullable=True)
    closed_by: str | None = None
    note: str | None = None


def outcome_of(kind: str, verdict: str, key: str, actor: str) -> tuple[str, dict[str, Any]]:
    """Return what an instance is told of a task's end: the event behind the task's name, and its data.

    The note stays in the table, where it can be erased.
    """
    data: dict[str, Any] = {"key": key, "by": actor}
    if kind == "approve":
        return "decided", {**data, "approved": verdict == "approved"}
    return "done", data

"""Tasks for people: what is asked of whom, and what came of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.instants import Instant, to_text
from api.shapes.values import Given, NextCursor, PageAsked, Prose, StepPath, Taken, Word
from punchcard.domain.deciding import LONGEST_NOTE
from punchcard.domain.task_list import TaskLine, TaskState


class TaskShown(Given):
    """Work, or a decision, that a step asks for.

    `role` is whose turn it is; whoever is in `asked` may act. `state` is `open`, how it was ended (`done`,
    `approved`, `rejected`), or how it came to nothing: `elapsed` (nobody answered), `erased`, or the instance's end.
    """

    id: int = Field(examples=[1])
    kind: Literal["task", "approve"] = Field(description="Work to be done, or a decision.")
    campaign: str = Field(examples=["compensation"])
    instance: str = Field(examples=["compensation.e1.c17.1.g1"])
    customer: str | None = Field(examples=["C-17"])
    name: str = Field(description="What the campaign's steps call it.", examples=["approval"])
    step: StepPath
    text: str = Field(description="What is to be done; empty for a decision.")
    role: str = Field(examples=["manager"])
    asked: list[str] = Field(description="The roles whose turn has come.", examples=[["manager"]])
    state: TaskState
    opened_at: Instant
    due_at: Instant
    claimed_by: str | None
    closed_at: Instant | None
    closed_by: str | None
    note: str | None


class TasksAsked(PageAsked):
    """Which tasks."""

    role: Word | None = Field(default=None, description="That this role is or was asked for.")
    open: bool | None = Field(default=None, description="Those that are open, or those that are not.")
    campaign: Word | None = Field(default=None, description="Of one campaign.")
    customer: Word | None = Field(default=None, description="About one customer, by your own id.")


class TaskPage(Given):
    """Tasks, the latest first."""

    tasks: list[TaskShown]
    next: NextCursor = None


class DecisionMade(Taken):
    """A decision, with a note for whoever looks at it later."""

    approved: bool
    note: Prose | None = Field(default=None, max_length=LONGEST_NOTE)


class WorkDone(Taken):
    """That the work is done, with a note for whoever looks at it later."""

    note: Prose | None = Field(default=None, max_length=LONGEST_NOTE)


def task_shown(line: TaskLine, text: str) -> TaskShown:
    """Put a task into its shape."""
    return TaskShown(
        id=line.id,
        kind=line.kind,
        campaign=line.campaign,
        instance=line.instance_id,
        customer=line.customer,
        name=line.name,
        step=line.path,
        text=text,
        role=line.role,
        asked=list(line.asked),
        state=line.state,
        opened_at=to_text(line.opened_at),
        due_at=to_text(line.due_at),
        claimed_by=line.claimed_by,
        closed_at=to_text(line.closed_at),
        closed_by=line.closed_by,
        note=line.note,
    )

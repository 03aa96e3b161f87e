"""`task`: people are asked to do something, and the instance waits until they have."""

from __future__ import annotations

from punchcard.plan.model import Task
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.errands import errand


def _done(run: Run, token: Token, step: Task) -> None:
    run.enter(token, step.then)


TASK: Behaviour[Task] = errand("task", "done", {"done": False}, _done)

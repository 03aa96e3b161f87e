"""`task`: people are asked to do something, and the instance waits until they have."""

from __future__ import annotations

from punchcard.plan.events import Delivered, Results
from punchcard.plan.model import Task
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.errands import (
    ERASED,
    give_up,
    has_ended,
    is_about,
    is_erased,
    open_errand,
    pass_on,
    show_end,
    wait_for_people,
)


def _begin(run: Run, token: Token, step: Task) -> None:
    run.state.names[step.name] = {"done": False}
    open_errand(run, token, step, "task")


def _answered(run: Run, token: Token, step: Task, results: Results) -> None:
    if is_erased(run, token, step, results):
        _skipped(run, token, step)
    elif has_ended(run, token, step):
        run.enter(token, step.then)
    else:
        wait_for_people(run, token, step, results, "done")


def _happened(run: Run, token: Token, step: Task, event: Delivered) -> bool:
    if is_about(token, step, event, ERASED):
        token.due = event.at
        _skipped(run, token, step)
        return True
    if not is_about(token, step, event, "done"):
        return False
    token.due = event.at
    run.enter(token, step.then)
    return True


def _time_is_up(run: Run, token: Token, step: Task) -> None:
    if not pass_on(run, token, step):
        _skipped(run, token, step)


def _skipped(run: Run, token: Token, step: Task) -> None:
    give_up(run, token)
    run.enter(token, step.otherwise)


TASK: Behaviour[Task] = Behaviour(
    begin=_begin,
    answered=_answered,
    happened=_happened,
    time_is_up=_time_is_up,
    skipped=_skipped,
    reopens=True,
    moved=show_end,
)

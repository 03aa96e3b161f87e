"""`approve`: people decide, and the instance goes the way that they have decided."""

from __future__ import annotations

from punchcard.plan.events import Delivered, Results
from punchcard.plan.model import Approve
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


def _begin(run: Run, token: Token, step: Approve) -> None:
    run.state.names[step.name] = {"decided": False, "approved": False}
    open_errand(run, token, step, "approve")


def _answered(run: Run, token: Token, step: Approve, results: Results) -> None:
    if is_erased(run, token, step, results):
        _skipped(run, token, step)
    elif has_ended(run, token, step):
        _decided(run, token, step)
    else:
        wait_for_people(run, token, step, results, "decided")


def _happened(run: Run, token: Token, step: Approve, event: Delivered) -> bool:
    if is_about(token, step, event, ERASED):
        token.due = event.at
        _skipped(run, token, step)
        return True
    if not is_about(token, step, event, "decided"):
        return False
    token.due = event.at
    _decided(run, token, step)
    return True


def _decided(run: Run, token: Token, step: Approve) -> None:
    way = "approved" if run.state.names[step.name]["approved"] else "rejected"
    run.enter(token, next((branch.steps for branch in step.branches if branch.name == way), ()))


def _time_is_up(run: Run, token: Token, step: Approve) -> None:
    if not pass_on(run, token, step):
        _skipped(run, token, step)


def _skipped(run: Run, token: Token, step: Approve) -> None:
    give_up(run, token)
    run.enter(token, step.otherwise)


APPROVE: Behaviour[Approve] = Behaviour(
    begin=_begin,
    answered=_answered,
    happened=_happened,
    time_is_up=_time_is_up,
    skipped=_skipped,
    reopens=True,
    moved=show_end,
)

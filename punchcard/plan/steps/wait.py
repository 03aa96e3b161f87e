"""`wait`: until a moment, or until something happens within a limit."""

from __future__ import annotations

from punchcard.plan.events import Delivered, Results
from punchcard.plan.facts import Resolve
from punchcard.plan.model import Beside, DayBeside, NextTime, OnDate, Wait
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour, comes_later
from punchcard.plan.steps.resting import anchor, known_instant, rest


def _begin(run: Run, token: Token, step: Wait) -> None:
    for name in step.events:
        if run.holds(name):
            _take(run, token, step, name)
            return
    due = known_instant(run, step.until)
    if due is not None:
        _wait_until(run, token, step, due)
        return
    token.phase, token.since = "asked", run.at if token.since is None else token.since
    run.facts.append(Resolve(key=f"{token.key}:due", moment=step.until, since=anchor(run, step.until)))


def _answered(run: Run, token: Token, step: Wait, results: Results) -> None:
    _wait_until(run, token, step, results[f"{token.key}:due"]["due"])


def _happened(run: Run, token: Token, step: Wait, event: Delivered) -> bool:
    if event.name not in step.events:
        return False
    if token.since is not None and event.name.startswith("customer.") and event.at < token.since:
        return False
    token.due = event.at
    _take(run, token, step, event.name)
    return True


def _time_is_up(run: Run, token: Token, step: Wait) -> None:
    if step.events:
        run.enter(token, step.otherwise)
    else:
        run.leave(token)


def _take(run: Run, token: Token, step: Wait, name: str) -> None:
    for branch in step.branches:
        if branch.name == name:
            run.enter(token, branch.steps)
            return
    run.enter(token, step.then)


def _wait_until(run: Run, token: Token, step: Wait, due: int) -> None:
    if due <= run.at:
        run.note("elapsed", step.path)
        _time_is_up(run, token, step)
    else:
        rest(run, token, due)


def _lapsed(run: Run, token: Token, step: Wait, lapse: int) -> None:
    """A date stays; what is named by a time of day or beside another moment is found anew; a span is as long again."""
    match step.until:
        case OnDate():
            pass
        case NextTime() | Beside() | DayBeside():
            token.phase = "ready"
        case _:
            comes_later(run, token, step, lapse)


WAIT: Behaviour[Wait] = Behaviour(
    begin=_begin,
    answered=_answered,
    happened=_happened,
    hears_early=True,
    time_is_up=_time_is_up,
    lapsed=_lapsed,
)

"""`repeat`: the same steps again, so many times at most, with time between the rounds, until something is so."""

from __future__ import annotations

from punchcard.plan.conditions import evaluate
from punchcard.plan.events import Delivered, Results
from punchcard.plan.facts import Decide, Resolve
from punchcard.plan.model import After, Repeat
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import known, own
from punchcard.plan.steps.resting import rest

# In `State.rounds`: the time between two rounds is over.
OVER = -1


def _begin(run: Run, token: Token, step: Repeat) -> None:
    """Begin with the first round, or go on between two rounds where the instance was restored."""
    if step.path in run.state.rounds:
        _between(run, token, step)
    else:
        run.state.rounds[step.path] = [0, OVER]
        _judge(run, token, step)


def _returned(run: Run, token: Token, step: Repeat) -> None:
    """A round has ended; what is done at the step from now on has a key of its own."""
    run.arrive(token, step.path)
    if run.state.rounds[step.path][0] >= step.times:
        _done(run, token, step)
    elif _is_met(run, token, step):
        _judge(run, token, step)
    else:
        _between(run, token, step)


def _between(run: Run, token: Token, step: Repeat) -> None:
    """Wait until the next round is due."""
    _, began = run.state.rounds[step.path]
    match step.every:
        case None:
            _judge(run, token, step)
        case _ if began == OVER:
            _judge(run, token, step)
        case After(millis=millis):
            _wait_until(run, token, step, began + millis)
        case moment:
            token.phase = "asked"
            run.facts.append(Resolve(key=f"{token.key}:due", moment=moment, since=began))


def _wait_until(run: Run, token: Token, step: Repeat, due: int) -> None:
    if due <= run.at:
        _time_is_up(run, token, step)
    else:
        rest(run, token, due)


def _time_is_up(run: Run, token: Token, step: Repeat) -> None:
    run.state.rounds[step.path][1] = OVER
    _judge(run, token, step)


def _happened(run: Run, token: Token, step: Repeat, event: Delivered) -> bool:
    """Between two rounds, end at once when what happened is what the rounds went on for."""
    if not _is_met(run, token, step):
        return False
    token.due = event.at
    _judge(run, token, step)
    return True


def _is_met(run: Run, token: Token, step: Repeat) -> bool:
    """Whether it ends by what the instance itself knows; what it asks of the customer is seen before each round."""
    values = None if step.until is None else known(run, token, step.until)
    return step.until is not None and values is not None and evaluate(step.until, values).met


def _judge(run: Run, token: Token, step: Repeat) -> None:
    """Look at `until`, then begin the next round or be done."""
    if step.until is None:
        _round(run, token, step)
        return
    values = known(run, token, step.until)
    if values is None:
        token.phase, token.deadline = "asked", None
        run.facts.append(Decide(token.key, step.path, step.until, own(run, token, step.until)))
        return
    verdict = evaluate(step.until, values)
    run.note("decided", step.path, met=verdict.met, operands=verdict.operands)
    _go(run, token, step, met=verdict.met)


def _answered(run: Run, token: Token, step: Repeat, results: Results) -> None:
    if token.key in results:
        _go(run, token, step, met=bool(results[token.key]["met"]))
    else:
        _wait_until(run, token, step, results[f"{token.key}:due"]["due"])


def _go(run: Run, token: Token, step: Repeat, *, met: bool) -> None:
    if met:
        _done(run, token, step)
    else:
        _round(run, token, step)


def _round(run: Run, token: Token, step: Repeat) -> None:
    number = run.state.rounds[step.path][0] + 1
    run.state.rounds[step.path] = [number, run.at]
    run.note("round", step.path, number=number, times=step.times)
    run.arrive(token, step.steps[0].path)


def _done(run: Run, token: Token, step: Repeat) -> None:
    del run.state.rounds[step.path]
    run.leave(token)


REPEAT: Behaviour[Repeat] = Behaviour(
    begin=_begin,
    answered=_answered,
    happened=_happened,
    hears_early=True,
    time_is_up=_time_is_up,
    returned=_returned,
)

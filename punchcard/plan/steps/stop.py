"""`stop`: the end of the instance, once what is to be taken back has been."""

from __future__ import annotations

from punchcard.plan.events import Results
from punchcard.plan.facts import Resolve
from punchcard.plan.model import After, Stop
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.overtaking import overtake
from punchcard.plan.steps.undoing import take_back


def _begin(run: Run, token: Token, step: Stop) -> None:
    """End here, or first let what was done so far stand: what takes it back is a commit of its own."""
    if not step.takes_back or not run.state.done:
        run.end_token(token)
        run.finish("stopped", step.reason)
        return
    for other in [each for each in run.state.tokens if each is not token]:
        overtake(run, other)
    run.state.taking_back = step.path
    run.note("undoing", step.path, steps=len(run.state.done))
    token.phase = "asked"
    run.facts.append(Resolve(key=f"{token.key}:due", moment=After(0)))


def _answered(run: Run, token: Token, step: Stop, results: Results) -> None:
    take_back(run, token)


STOP: Behaviour[Stop] = Behaviour(begin=_begin, answered=_answered)

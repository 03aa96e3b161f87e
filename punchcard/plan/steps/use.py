"""`use`: the steps of a shared step, in this place."""

from __future__ import annotations

from punchcard.plan.model import Use
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour


def _begin(run: Run, token: Token, step: Use) -> None:
    run.enter(token, step.steps)


USE: Behaviour[Use] = Behaviour(begin=_begin)

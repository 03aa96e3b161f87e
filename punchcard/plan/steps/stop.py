"""`stop`: the end of the instance."""

from __future__ import annotations

from punchcard.plan.model import Stop
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour


def _begin(run: Run, token: Token, step: Stop) -> None:
    run.end_token(token)
    run.finish("stopped", step.reason)


STOP: Behaviour[Stop] = Behaviour(begin=_begin)

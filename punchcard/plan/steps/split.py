"""`split`: variants by share; the same customer always gets the same one."""

from __future__ import annotations

from punchcard.plan.bucket import variant
from punchcard.plan.model import Split
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour


def _begin(run: Run, token: Token, step: Split) -> None:
    customer = run.state.names.get("occasion", {}).get("customer", 0)
    name = variant(run.program.plan.campaign, step.experiment, step.shares, customer)
    run.note("assigned", step.path, way=name)
    run.enter(token, next(branch.steps for branch in step.branches if branch.name == name))


SPLIT: Behaviour[Split] = Behaviour(begin=_begin)

"""`approve`: people decide, and the instance goes the way that they have decided."""

from __future__ import annotations

from punchcard.plan.model import Approve
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.errands import errand


def _decided(run: Run, token: Token, step: Approve) -> None:
    way = "approved" if run.state.names[step.name]["approved"] else "rejected"
    run.enter(token, next((branch.steps for branch in step.branches if branch.name == way), ()))


APPROVE: Behaviour[Approve] = errand("approve", "decided", {"decided": False, "approved": False}, _decided)

"""`start`: another campaign is started for the same customer, and the token goes on."""

from __future__ import annotations

from typing import Any

from punchcard.plan.events import Perform, RequestStart, Results
from punchcard.plan.model import Start
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import own


def _begin(run: Run, token: Token, step: Start) -> None:
    token.phase = "asked"
    values: dict[str, Any] = {}
    for each in step.inputs:
        values |= own(run, token, each.value)
    run.facts.append(
        RequestStart(key=token.key, path=step.path, campaign=step.campaign, inputs=step.inputs, values=values)
    )


def _answered(run: Run, token: Token, step: Start, results: Results) -> None:
    result = results[token.key]
    if result["verdict"] == "granted":
        token.phase = "performing"
        run.effects.append(Perform(key=token.key, kind="start"))
        return
    run.note("not_started", step.path, reason=result["reason"])
    run.leave(token)


def _performed(run: Run, token: Token, step: Start, result: dict[str, Any]) -> None:
    run.note("campaign_started", step.path, **result)
    run.leave(token)


START: Behaviour[Start] = Behaviour(begin=_begin, answered=_answered, performed=_performed)

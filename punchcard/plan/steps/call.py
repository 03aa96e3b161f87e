"""`call`: another system is asked for something, and the token goes on with what it said."""

from __future__ import annotations

from typing import Any

from punchcard.plan.effects import Perform
from punchcard.plan.events import Results
from punchcard.plan.facts import RequestCall
from punchcard.plan.model import Call
from punchcard.plan.program import expressions
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.failing import give_up
from punchcard.plan.steps.knowing import own
from punchcard.plan.steps.undoing import remember, taken_back


def _begin(run: Run, token: Token, step: Call) -> None:
    token.phase = "asked"
    run.state.names.pop(step.name, None)
    run.facts.append(
        RequestCall(
            key=token.key,
            path=step.path,
            name=step.name,
            method=step.method,
            url=step.url,
            body=step.body,
            values=own(run, token, *expressions(step)),
        )
    )


def _answered(run: Run, token: Token, step: Call, results: Results) -> None:
    result = results[token.key]
    match result["verdict"]:
        case "granted":
            token.phase = "performing"
            run.effects.append(Perform(key=token.key, kind="call"))
        case "failed":
            give_up(run, token, step, result["error"])
        case _:
            run.note("not_called", step.path, reason=result["reason"])
            run.leave(token)


def _performed(run: Run, token: Token, step: Call, result: dict[str, Any]) -> None:
    """Take in what the other system said; `values` are what `returns` asks for."""
    if result.get("reason") is not None:
        run.note("not_called", step.path, reason=result["reason"])
        run.leave(token)
        return
    told = {name: result.get(name) for name in ("status", "duration", "size")}
    run.note("called", step.path, **told)
    run.state.names[step.name] = {"failed": False, **result.get("values", {})}
    remember(run, token, step)
    run.leave(token)


CALL: Behaviour[Call] = Behaviour(begin=_begin, answered=_answered, performed=_performed, returned=taken_back)

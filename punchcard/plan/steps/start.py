"""`start`: another campaign is started for the same customer; the token goes on, or waits for that one's end."""

from __future__ import annotations

from typing import Any

from punchcard.plan.effects import Perform
from punchcard.plan.events import Delivered, Results
from punchcard.plan.facts import RequestStart, Resolve
from punchcard.plan.model import Start
from punchcard.plan.program import expressions
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import own
from punchcard.plan.steps.resting import known_instant, rest
from punchcard.plan.steps.undoing import remember, taken_back

# What came of a campaign that took the customer not in, or was not to be started.
NOT_STARTED = "not_started"


def _begin(run: Run, token: Token, step: Start) -> None:
    token.phase = "asked"
    if step.name is not None and run.state.names.get(step.name, {}).get("key") != token.key:
        run.state.names[step.name] = {"ended": False, "key": token.key}
    run.facts.append(
        RequestStart(
            key=token.key,
            path=step.path,
            campaign=step.campaign,
            inputs=step.inputs,
            values=own(run, token, *expressions(step)),
            name=step.name,
        )
    )
    if step.up_to is not None and known_instant(run, step.up_to) is None:
        run.facts.append(Resolve(key=f"{token.key}:due", moment=step.up_to))


def _answered(run: Run, token: Token, step: Start, results: Results) -> None:
    result = results[token.key]
    if result["verdict"] == "granted":
        token.phase = "performing"
        if f"{token.key}:due" in results:
            token.deadline = results[f"{token.key}:due"]["due"]
        run.effects.append(Perform(key=token.key, kind="start"))
        return
    run.note("not_started", step.path, reason=result["reason"])
    _is_not_there(run, token, step)


def _performed(run: Run, token: Token, step: Start, result: dict[str, Any]) -> None:
    """Wait for the end of what was started, unless that is not asked for, or has come already."""
    run.note("campaign_started", step.path, **result)
    if result.get("status") == "started":
        remember(run, token, step)
    if step.name is None or step.up_to is None:
        run.leave(token)
    elif run.state.names[step.name].get("ended"):
        run.enter(token, step.then)
    elif result.get("status") != "started":
        _is_not_there(run, token, step)
    else:
        due = token.deadline if token.deadline is not None else known_instant(run, step.up_to)
        assert due is not None, "a start resolves its limit before it is performed"
        rest(run, token, due)


def _is_not_there(run: Run, token: Token, step: Start) -> None:
    """Go on without what was not started."""
    if step.name is not None:
        run.state.names[step.name]["outcome"] = NOT_STARTED
    run.enter(token, step.otherwise)


def _happened(run: Run, token: Token, step: Start, event: Delivered) -> bool:
    if event.name != f"{step.name}.ended" or event.data.get("key") != token.key:
        return False
    token.due = event.at
    run.enter(token, step.then)
    return True


def _time_is_up(run: Run, token: Token, step: Start) -> None:
    run.enter(token, step.otherwise)


START: Behaviour[Start] = Behaviour(
    begin=_begin,
    answered=_answered,
    happened=_happened,
    time_is_up=_time_is_up,
    performed=_performed,
    returned=taken_back,
)

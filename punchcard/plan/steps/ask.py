"""`ask`: a question goes out, and its answer is waited for."""

from __future__ import annotations

from typing import Any

from punchcard.plan.events import Delivered, Results
from punchcard.plan.facts import RequestMessage, Resolve
from punchcard.plan.model import Ask
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import round_of
from punchcard.plan.steps.messages import message_answered, message_ended
from punchcard.plan.steps.resting import known_instant, rest


def _begin(run: Run, token: Token, step: Ask) -> None:
    token.phase = "asked"
    if run.state.names.get(step.name, {}).get("key") != token.key:
        run.state.names[step.name] = {"answered": False, "key": token.key}
    run.facts.append(
        RequestMessage(
            key=token.key,
            path=step.path,
            message=step.message,
            due=token.due,
            question=step.name,
            answer=step.answer,
            round=round_of(run, token),
        )
    )
    if known_instant(run, step.up_to) is None:
        run.facts.append(Resolve(key=f"{token.key}:due", moment=step.up_to))


def _answered(run: Run, token: Token, step: Ask, results: Results) -> None:
    message_answered(run, token, step, results, lambda: run.enter(token, step.otherwise))


def _performed(run: Run, token: Token, step: Ask, result: dict[str, Any]) -> None:
    """Wait for the answer, unless the question did not go out or the answer is there."""
    status = message_ended(run, token, result)
    if status not in ("sent", "unknown"):
        run.enter(token, step.otherwise)
    elif run.state.names.get(step.name, {}).get("answered"):
        run.enter(token, step.then)
    else:
        due = token.deadline if token.deadline is not None else known_instant(run, step.up_to)
        assert due is not None, "an ask resolves its limit before it is sent"
        rest(run, token, due)


def _happened(run: Run, token: Token, step: Ask, event: Delivered) -> bool:
    if event.name != f"{step.name}.answered":
        return False
    token.due = event.at
    run.enter(token, step.then)
    return True


def _time_is_up(run: Run, token: Token, step: Ask) -> None:
    run.enter(token, step.otherwise)


ASK: Behaviour[Ask] = Behaviour(
    begin=_begin, answered=_answered, happened=_happened, time_is_up=_time_is_up, performed=_performed
)

"""`send`: a message goes out, if it may."""

from __future__ import annotations

from typing import Any

from punchcard.plan.events import Results
from punchcard.plan.facts import RequestMessage
from punchcard.plan.model import Send
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import round_of
from punchcard.plan.steps.messages import message_answered, message_ended
from punchcard.plan.steps.undoing import remember, taken_back


def _begin(run: Run, token: Token, step: Send) -> None:
    token.phase = "asked"
    run.facts.append(
        RequestMessage(
            key=token.key,
            path=step.path,
            message=step.message,
            due=token.due,
            codes=step.codes,
            round=round_of(run, token),
            disturbs=step.disturbs,
        )
    )


def _answered(run: Run, token: Token, step: Send, results: Results) -> None:
    message_answered(run, token, step, results, lambda: run.leave(token))


def _performed(run: Run, token: Token, step: Send, result: dict[str, Any]) -> None:
    """Go on after a message went out, or did not for a reason that waiting does not mend."""
    status = message_ended(run, token, result)
    if status in ("sent", "unknown"):
        remember(run, token, step)
    run.enter(token, step.on_error if status == "failed" else ())


SEND: Behaviour[Send] = Behaviour(begin=_begin, answered=_answered, performed=_performed, returned=taken_back)

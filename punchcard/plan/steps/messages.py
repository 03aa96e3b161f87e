"""What steps that send have in common: the answer to their request, and the message's end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from punchcard.plan.effects import Perform
from punchcard.plan.events import Results
from punchcard.plan.model import Ask, Send
from punchcard.plan.run import Run
from punchcard.plan.state import Token


def message_answered(
    run: Run, token: Token, step: Send | Ask, results: Results, suppressed: Callable[[], None]
) -> None:
    """Send what was granted; ask again later what was deferred; journal why not, and go on, where it was neither."""
    result = results.get(token.key, {})
    if result["verdict"] == "granted":
        token.phase = "performing"
        if f"{token.key}:due" in results:
            token.deadline = results[f"{token.key}:due"]["due"]
        run.effects.append(Perform(key=token.key, kind="send"))
        return
    if result["verdict"] == "deferred":
        token.phase, token.deadline = "deferred", result["until"]
        run.note("deferred", step.path, message=step.message, reason=result["reason"], until=result["until"])
        return
    run.note("suppressed", step.path, message=step.message, reason=result["reason"])
    suppressed()


def message_ended(run: Run, token: Token, result: dict[str, Any]) -> str:
    """Journal what became of a message, and return its status."""
    status: str = result.get("status", "sent")
    run.note("message", token.path, **{**result, "status": status})
    return status

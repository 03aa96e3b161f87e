"""Ending a way where it is, because another one of the same instance was first."""

from __future__ import annotations

from punchcard.plan.effects import Perform
from punchcard.plan.facts import CloseIncident, CloseTask, Withdraw
from punchcard.plan.model import Approve, Task
from punchcard.plan.run import Run
from punchcard.plan.state import Token


def overtake(run: Run, token: Token) -> None:
    """End a way where it is: its incident is closed, and what was asked for and not yet done is withdrawn."""
    run.end_token(token)
    if token.phase == "returning":
        return
    run.note("overtaken", token.path)
    if token.phase in ("asked", "waiting") and isinstance(run.program.steps[token.path], Task | Approve):
        run.facts.append(CloseTask(key=token.key, how="overtaken"))
        return
    if token.phase == "parked":
        run.facts.append(CloseIncident(key=token.key, how="overtaken"))
    elif token.phase in ("asked", "performing", "deferred"):
        run.facts.append(Withdraw(key=token.key, path=token.path))
        run.effects = [
            effect for effect in run.effects if not (isinstance(effect, Perform) and effect.key == token.key)
        ]

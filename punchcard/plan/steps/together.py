"""`together`: several ways side by side, until all have arrived or the first has."""

from __future__ import annotations

from punchcard.plan.events import CloseIncident, CloseTask, Perform, Withdraw
from punchcard.plan.model import Approve, Task, Together
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour


def _begin(run: Run, token: Token, step: Together) -> None:
    run.fork(token, tuple(branch.steps[0].path for branch in step.branches))


def _returned(run: Run, token: Token, step: Together) -> None:
    """Go on if this way was the last, or the first where one is enough; else its token ends here."""
    others = run.tokens_inside(step.path, token)
    if step.wait_for == "any":
        for other in others:
            _overtake(run, other)
        run.state.rounds = {
            path: value for path, value in run.state.rounds.items() if not path.startswith(f"{step.path}.")
        }
    elif others:
        run.end_token(token)
        return
    run.leave(token)


def _overtake(run: Run, token: Token) -> None:
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


TOGETHER: Behaviour[Together] = Behaviour(begin=_begin, returned=_returned)

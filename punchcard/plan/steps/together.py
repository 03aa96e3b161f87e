"""`together`: several ways side by side, until all have arrived or the first has."""

from __future__ import annotations

from punchcard.plan.model import Together
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.overtaking import overtake


def _begin(run: Run, token: Token, step: Together) -> None:
    run.fork(token, tuple(branch.steps[0].path for branch in step.branches))


def _returned(run: Run, token: Token, step: Together) -> None:
    """Go on if this way was the last, or the first where one is enough; else its token ends here."""
    others = run.tokens_inside(step.path, token)
    if step.wait_for == "any":
        for other in others:
            overtake(run, other)
        run.state.rounds = {
            path: value for path, value in run.state.rounds.items() if not path.startswith(f"{step.path}.")
        }
    elif others:
        run.end_token(token)
        return
    run.leave(token)


TOGETHER: Behaviour[Together] = Behaviour(begin=_begin, returned=_returned)

"""What steps that reach outside have in common: what follows when it came to nothing."""

from __future__ import annotations

from punchcard.plan.facts import OpenIncident
from punchcard.plan.model import Step
from punchcard.plan.run import Run
from punchcard.plan.state import Token


def give_up(run: Run, token: Token, step: Step, error: str, *, ours: bool = False) -> None:
    """Go on in `on_error` where the step has it; else, or where the fault is `ours`, wait for an operator."""
    on_error: tuple[Step, ...] = getattr(step, "on_error", ())
    if not on_error or ours:
        park(run, token, error)
        return
    name: str | None = getattr(step, "name", None)
    if name is not None:
        run.state.names[name] = {"failed": True, "error": error}
    run.note("given_up", token.path, error=error)
    token.due = run.at
    run.enter(token, on_error)


def park(run: Run, token: Token, error: str, until: int | None = None) -> None:
    """Leave the token at its step until an operator decides, or until it is tried again by itself."""
    token.phase, token.deadline = "parked", until
    run.facts.append(OpenIncident(key=token.key, path=token.path, error=error))
    run.note("incident", token.path, error=error, until=until)

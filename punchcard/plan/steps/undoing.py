"""What steps that can be taken back have in common: that they were done is remembered, until a `stop` asks for it."""

from __future__ import annotations

from typing import Any

from punchcard.plan.model import Step, Stop
from punchcard.plan.run import Run
from punchcard.plan.state import Token


def remember(run: Run, token: Token, step: Any) -> None:
    """Remember that the step was done on this visit, with what its name stands for now."""
    if step.undo and run.state.taking_back is None:
        name = getattr(step, "name", None)
        run.state.done.append([token.key, dict(run.state.names.get(name, {})) if name else None])


def take_back(run: Run, token: Token) -> None:
    """Take back what was done last and is not taken back yet; with nothing left, end as the `stop` says."""
    if not run.state.done:
        stop = run.program.steps[run.state.taking_back or ""]
        assert isinstance(stop, Stop), "a stop asked for it"
        run.end_token(token)
        run.finish("stopped", stop.reason)
        return
    key, stood_for = run.state.done.pop()
    path = key.rpartition("#")[0]
    step: Any = run.program.steps[path]
    if stood_for is not None:
        run.state.names[step.name] = stood_for
    run.note("taking_back", path)
    run.arrive(token, step.undo[0].path)


def taken_back(run: Run, token: Token, step: Step) -> None:
    """A token has come back from a step's `undo`."""
    take_back(run, token)

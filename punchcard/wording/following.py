"""Which step follows where the time is up, and whether any does."""

from __future__ import annotations

from punchcard.plan.model import Approve, Ask, Plan, Repeat, Start, Step, Task, Together, Wait
from punchcard.plan.program import Program, program


def after_limit(program: Program, path: str) -> Step | None:
    """Return the step that follows once a wait's limit is reached; None at the end of the plan."""
    step = program.steps[path]
    if isinstance(step, Wait | Ask | Task | Approve | Start) and step.otherwise:
        return step.otherwise[0]
    if isinstance(step, Repeat) and step.steps:
        return step.steps[0]
    following = program.after[path] or program.home[path]
    return None if following is None else program.steps[following]


def goes_on(plan: Plan, step: Step) -> bool:
    """Whether anything follows a step of the plan once it is done; a way beside others, or a round, comes back."""
    known = program(plan)
    return (
        isinstance(step, Together | Repeat)
        or known.after[step.path] is not None
        or known.home[step.path] is not None
    )

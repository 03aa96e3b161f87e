"""What steps that ask people have in common: the turns of the roles, each with a limit of its own.

`turn`, under the step's name, is the role whose turn it is, 0 being the first.
"""

from __future__ import annotations

from typing import Literal

from punchcard.plan.events import Delivered, Results
from punchcard.plan.facts import CloseTask, MoveTask, OpenTask, PassTask
from punchcard.plan.model import Approve, Task
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.resting import rest

# What happens to a task whose customer is erased.
ERASED = "erased"


def open_errand(run: Run, token: Token, step: Task | Approve, what: Literal["task", "approve"]) -> None:
    """Ask the first role; what was decided under this name on an earlier visit no longer counts."""
    token.phase = "asked"
    run.facts.append(
        OpenTask(key=token.key, path=step.path, name=step.name, what=what, roles=step.by, until=step.up_to)
    )


def wait_for_people(run: Run, token: Token, step: Task | Approve, results: Results, event: str) -> None:
    """Rest until somebody acts, or the turn's limit is reached."""
    answer = results[token.key]
    run.state.names[step.name]["turn"] = answer["turn"]
    rest(run, token, answer["due"], [f"{step.name}.{event}"])


def has_ended(run: Run, token: Token, step: Task | Approve) -> bool:
    """Whether this very task has come to an end before the token came to wait for it."""
    return run.state.names[step.name].get("key") == token.key


def is_erased(run: Run, token: Token, step: Task | Approve, results: Results) -> bool:
    """Whether nobody can act on this very task any more, since the customer was erased."""
    known = run.state.names[step.name]
    return "erased" in results.get(token.key, {}) or (known.get("key") == token.key and "erased" in known)


def show_end(run: Run, token: Token, _step: Task | Approve) -> None:
    """Let the task show until when its turn lasts now."""
    if token.deadline is not None:
        run.facts.append(MoveTask(key=token.key, due=token.deadline))


def is_about(token: Token, step: Task | Approve, event: Delivered, what: str) -> bool:
    """Whether this is the end of the very task that the token waits for."""
    return event.name == f"{step.name}.{what}" and event.data.get("key") == token.key


def pass_on(run: Run, token: Token, step: Task | Approve) -> bool:
    """Put the task before the next role, if there is one, and tell whether there was."""
    turn = run.state.names[step.name]["turn"] + 1
    if turn >= len(step.by):
        return False
    token.phase = "asked"
    run.note("passed_on", token.path, role=step.by[turn])
    run.facts.append(PassTask(key=token.key, roles=step.by, turn=turn, until=step.up_to))
    return True


def give_up(run: Run, token: Token) -> None:
    """Take the task off the lists: nobody has acted."""
    run.facts.append(CloseTask(key=token.key, how="elapsed"))

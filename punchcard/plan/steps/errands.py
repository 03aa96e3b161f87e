"""What steps that ask people have in common: the turns of the roles, each with a limit of its own.

`turn`, under the step's name, is the role whose turn it is, 0 being the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from punchcard.plan.events import Delivered, Results
from punchcard.plan.facts import CloseTask, MoveTask, OpenTask, PassTask
from punchcard.plan.model import Approve, Task
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.resting import rest

S = TypeVar("S", Task, Approve)

# What happens to a task whose customer is erased.
ERASED = "erased"


def errand(
    what: Literal["task", "approve"],
    event: str,
    unknown: Mapping[str, Any],
    go_on: Callable[[Run, Token, S], None],
) -> Behaviour[S]:
    """Return the behaviour of a step that asks people: `event` is how it ends, and `go_on` what follows then.

    Until then `unknown` is what is known under the step's name.
    """

    def begin(run: Run, token: Token, step: S) -> None:
        run.state.names[step.name] = dict(unknown)
        _open(run, token, step, what)

    def answered(run: Run, token: Token, step: S, results: Results) -> None:
        if _is_erased(run, token, step, results):
            _skipped(run, token, step)
        elif _has_ended(run, token, step):
            go_on(run, token, step)
        else:
            _wait_for_people(run, token, step, results)

    def happened(run: Run, token: Token, step: S, delivered: Delivered) -> bool:
        follows = {event: go_on, ERASED: _skipped}
        for name, follow in follows.items():
            if _is_about(token, step, delivered, name):
                token.due = delivered.at
                follow(run, token, step)
                return True
        return False

    return Behaviour(
        begin=begin,
        answered=answered,
        happened=happened,
        time_is_up=_time_is_up,
        skipped=_skipped,
        reopens=True,
        moved=_show_end,
    )


def _time_is_up(run: Run, token: Token, step: Task | Approve) -> None:
    if not _pass_on(run, token, step):
        _skipped(run, token, step)


def _skipped(run: Run, token: Token, step: Task | Approve) -> None:
    """Take the task off the lists: nobody has acted."""
    run.facts.append(CloseTask(key=token.key, how="elapsed"))
    run.enter(token, step.otherwise)


def _open(run: Run, token: Token, step: Task | Approve, what: Literal["task", "approve"]) -> None:
    """Ask the first role; what was decided under this name on an earlier visit no longer counts."""
    token.phase = "asked"
    run.facts.append(
        OpenTask(key=token.key, path=step.path, name=step.name, what=what, roles=step.by, until=step.up_to)
    )


def _wait_for_people(run: Run, token: Token, step: Task | Approve, results: Results) -> None:
    """Rest until somebody acts, or the turn's limit is reached."""
    answer = results[token.key]
    run.state.names[step.name]["turn"] = answer["turn"]
    rest(run, token, answer["due"])


def _has_ended(run: Run, token: Token, step: Task | Approve) -> bool:
    """Whether this very task has come to an end before the token came to wait for it."""
    return run.state.names[step.name].get("key") == token.key


def _is_erased(run: Run, token: Token, step: Task | Approve, results: Results) -> bool:
    """Whether nobody can act on this very task any more, since the customer was erased."""
    known = run.state.names[step.name]
    return "erased" in results.get(token.key, {}) or (known.get("key") == token.key and "erased" in known)


def _show_end(run: Run, token: Token, _step: Task | Approve) -> None:
    """Let the task show until when its turn lasts now."""
    if token.deadline is not None:
        run.facts.append(MoveTask(key=token.key, due=token.deadline))


def _is_about(token: Token, step: Task | Approve, event: Delivered, what: str) -> bool:
    """Whether this is the end of the very task that the token waits for."""
    return event.name == f"{step.name}.{what}" and event.data.get("key") == token.key


def _pass_on(run: Run, token: Token, step: Task | Approve) -> bool:
    """Put the task before the next role, if there is one, and tell whether there was."""
    turn = run.state.names[step.name]["turn"] + 1
    if turn >= len(step.by):
        return False
    token.phase = "asked"
    run.note("passed_on", token.path, role=step.by[turn])
    run.facts.append(PassTask(key=token.key, roles=step.by, turn=turn, until=step.up_to))
    return True

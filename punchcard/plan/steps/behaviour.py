"""What a kind of step can do with a token: one function for each thing that may happen to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from punchcard.plan.events import Delivered, Results
from punchcard.plan.run import Run
from punchcard.plan.state import Token

S = TypeVar("S")


def asks_nothing(run: Run, token: Token, step: Any, results: Results) -> None:
    """No commit answers this kind of step."""
    raise AssertionError(f"{step.path} asks for nothing")


def hears_nothing(run: Run, token: Token, step: Any, event: Delivered) -> bool:
    """No event wakes this kind of step."""
    return False


def performs_nothing(run: Run, token: Token, step: Any, result: dict[str, Any]) -> None:
    """Nothing leaves the house for this kind of step."""
    raise AssertionError(f"{step.path} performs nothing")


def goes_on(run: Run, token: Token, step: Any) -> None:
    """The limit, or an operator's `skip`, leads to what follows the step."""
    run.leave(token)


def has_no_ways(run: Run, token: Token, step: Any) -> None:
    """No token comes back to this kind of step."""
    raise AssertionError(f"{step.path} sends no token inside")


def shows_nothing(run: Run, token: Token, step: Any) -> None:
    """Nobody outside sees until when this kind of step waits."""


def comes_later(run: Run, token: Token, step: Any, lapse: int) -> None:
    """What a token waits for comes as much later."""
    if token.deadline is not None:
        token.deadline += lapse


@dataclass(frozen=True, slots=True)
class Behaviour(Generic[S]):
    """How a kind of step answers to the machine.

    `begin`: a token has reached it. `answered`: the commit has answered its facts. `happened`: an event has
    come while it waits; tells whether that woke it. One that `hears_early` hears it, too, while the commit has
    yet to say until when it waits. `time_is_up`: its limit is reached, or an operator skips it. `performed`: its
    outward effect has come to its end. `skipped`: an operator skips it, where that is another thing. One that
    `reopens` begins again where an instance goes on after its end: others had been told of that end. `returned`: a
    way inside it has ended. `lapsed`: the occasion did not stand for so many milliseconds, and a token waits at the
    step. `moved`: the end of a pause has moved the end of its wait.
    """

    begin: Callable[[Run, Token, S], None]
    answered: Callable[[Run, Token, S, Results], None] = asks_nothing
    happened: Callable[[Run, Token, S, Delivered], bool] = hears_nothing
    hears_early: bool = False
    time_is_up: Callable[[Run, Token, S], None] = goes_on
    performed: Callable[[Run, Token, S, dict[str, Any]], None] = performs_nothing
    skipped: Callable[[Run, Token, S], None] | None = None
    reopens: bool = False
    returned: Callable[[Run, Token, S], None] = has_no_ways
    lapsed: Callable[[Run, Token, S, int], None] = comes_later
    moved: Callable[[Run, Token, S], None] = shows_nothing

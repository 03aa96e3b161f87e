"""Which way an instance went through its plan, where it stands, and what stands ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from punchcard.picture.graph import (
    APPROVED,
    DECIDED,
    DONE,
    END,
    JOINED,
    NEXT,
    ON_ERROR,
    OTHERWISE,
    REJECTED,
    ROUND,
    START,
    THEN,
    UNDO,
    Link,
)
from punchcard.plan.events import Outcome
from punchcard.plan.model import (
    Approve,
    Ask,
    Call,
    Choose,
    If,
    Plan,
    Repeat,
    Reward,
    Send,
    Split,
    Start,
    Step,
    Task,
    Together,
    Wait,
    walk,
)
from punchcard.plan.program import program
from punchcard.plan.state import Phase, State

LIMIT_REACHED = frozenset({"elapsed", "skipped"})
NOT_ASKED = frozenset({"suppressed"})
REACHED = frozenset({"sent", "unknown"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal, as far as the way is concerned."""

    kind: str
    path: str | None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps that were reached, how each was left, each token's phase by its path, and how the instance ended.

    `again` names the steps that have begun a second round.
    """

    reached: frozenset[str] = frozenset()
    exits: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, Phase] = field(default_factory=dict)
    outcome: Outcome | None = None
    again: frozenset[str] = frozenset()


def trace(plan: Plan, state: State, journal: Iterable[Line]) -> Trace:
    """Follow an instance by its latest state and its journal, which is in the order of events."""
    lines = list(journal)
    standing = {token.path: token.phase for token in state.tokens}
    reached = frozenset(state.visits) - _run_ahead(plan, state, lines)
    exits = {
        step.path: _exit(step, _latest(step, lines))
        for step in walk(plan.steps)
        if step.path in reached and step.path not in standing and not _holds(step, standing)
    }
    rounds = [line.path for line in lines if line.kind == "round" and line.path is not None]
    again = frozenset(path for path in rounds if rounds.count(path) > 1)
    return Trace(reached, exits, standing, state.outcome, again)


def _holds(step: Step, standing: Mapping[str, Phase]) -> bool:
    """Whether the instance stands on a way inside a step that it has to come back to."""
    return isinstance(step, Together | Repeat) and any(path.startswith(f"{step.path}.") for path in standing)


def _latest(step: Step, lines: list[Line]) -> list[Line]:
    """Return the lines since the latest round began that the step is in."""
    begun = [
        number
        for number, line in enumerate(lines)
        if line.kind == "round" and step.path.startswith(f"{line.path}.")
    ]
    return lines[begun[-1] :] if begun else lines


def _run_ahead(plan: Plan, state: State, lines: list[Line]) -> frozenset[str]:
    """Return the steps that a token had run ahead to before the reward where it is parked, or ended, was refused."""
    indexed = program(plan)
    ended = {line.path for line in lines if line.kind == "refused"} if state.outcome is not None else set()
    ahead: set[str] = set()
    for token in state.tokens:
        refused = token.phase == "parked" or token.path in ended
        if not refused or not isinstance(indexed.steps[token.path], Reward):
            continue
        path = indexed.after[token.path]
        while path is not None and path not in ahead and isinstance(indexed.steps[path], Reward | Send):
            ahead.add(path)
            path = indexed.after[path]
    return frozenset(ahead)


def was_taken(link: Link, way: Trace) -> bool:
    """Tell whether a link lies on the way."""
    if link.path is None:
        return bool(way.reached)
    if link.back:
        return link.path in way.again
    if link.all_go:
        return link.path in way.reached and was_reached(link.target, way)
    return _left_by(way, link.path, link.exit) and was_reached(link.target, way)


def was_reached(node_id: str, way: Trace) -> bool:
    """Tell whether a node lies on the way."""
    if node_id == START:
        return bool(way.reached)
    if node_id == END:
        return way.outcome == "completed"
    path, _, exit_ = node_id.partition(":")
    if exit_ == UNDO:
        return any(each.startswith(f"{path}.{UNDO}.") for each in way.reached)
    return path in way.reached and (exit_ in ("", ROUND) or _left_by(way, path, exit_))


def _left_by(way: Trace, path: str, exit_: str) -> bool:
    """Tell whether a step was left this way; either decision leads through the gateway behind it."""
    taken = way.exits.get(path)
    return taken == exit_ or (exit_ == DECIDED and taken in (APPROVED, REJECTED))


def _exit(step: Step, lines: list[Line]) -> str:
    own = [line for line in lines if line.path == step.path]
    if own and own[-1].kind == "overtaken":
        return "overtaken"
    match step:
        case Together():
            return JOINED
        case Repeat():
            return DONE
        case If():
            met = next((line.data.get("met") for line in reversed(own) if line.kind == "decided"), False)
            return THEN if met else OTHERWISE
        case Choose() | Split():
            return next((str(line.data["way"]) for line in reversed(own) if "way" in line.data), OTHERWISE)
        case Wait(events=events) if events:
            if any(line.kind in LIMIT_REACHED for line in own):
                return OTHERWISE
            return _came_first(step, lines)
        case Ask():
            unasked = any(
                line.kind in NOT_ASKED or (line.kind == "message" and line.data.get("status") not in REACHED)
                for line in own
            )
            timed_out = any(line.kind in LIMIT_REACHED for line in own)
            return OTHERWISE if unasked or timed_out else THEN
        case Start(name=str(name)):
            return THEN if _ended(name, "ended", lines) is not None else OTHERWISE
        case Task(name=name):
            return THEN if _ended(name, "done", lines) is not None else OTHERWISE
        case Approve(name=name):
            decision = _ended(name, DECIDED, lines)
            if decision is None:
                return OTHERWISE
            return APPROVED if decision.data.get("approved") else REJECTED
        case Send(on_error=on_error) | Start(on_error=on_error) | Call(on_error=on_error) if on_error:
            return ON_ERROR if any(_gave_up(line) for line in own) else NEXT
        case _:
            return NEXT


def _gave_up(line: Line) -> bool:
    return line.kind == "given_up" or (line.kind == "message" and line.data.get("status") == "failed")


def _ended(name: str, what: str, lines: list[Line]) -> Line | None:
    """Return the last line that tells of people's word on a task."""
    event = f"{name}.{what}"
    ends = (line for line in reversed(lines) if line.kind == "happened" and line.data.get("event") == event)
    return next(ends, None)


def _came_first(step: Wait, lines: list[Line]) -> str:
    own = {branch.name for branch in step.branches}
    for line in lines:
        name = line.data.get("event")
        if line.kind == "happened" and name in step.events:
            return str(name) if name in own else THEN
    return THEN

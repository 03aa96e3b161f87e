"""The heart: `advance(program, state, event) -> (state, effects)`, a pure function.

Tokens advance depth-first in plan order until none can go on. All facts of that go into one `Commit`;
what leaves the house follows once the commit has answered. An event that is stale (its token has moved
on, its sequence number is known) changes nothing and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from punchcard.plan import steps
from punchcard.plan.events import (
    CloseIncident,
    Command,
    Committed,
    Deadline,
    Delivered,
    Effect,
    EffectDone,
    EffectFailed,
    Event,
    Finish,
    Note,
    OpenIncident,
    Restored,
    Results,
    Reversed,
    Started,
)
from punchcard.plan.program import Program
from punchcard.plan.run import Run
from punchcard.plan.state import State, Token


def advance(program: Program, state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Take one event in: return the state that follows, and what is to be done for it.

    The given state is not changed. The effects are at most one `Commit`, then `Perform`s, then `Finish`.
    """
    run = Run.begin(program, state, event.at)
    seq = getattr(event, "seq", 0)
    if 0 < seq <= run.state.seen:
        return state, ()
    run.state.seen = max(seq, run.state.seen)
    if run.state.outcome is None or isinstance(event, Committed | Restored):
        HANDLERS[type(event)](run, event)
        steps.settle(run)
    return run.end()


def revive(program: Program, state: State, results: Results, at: int) -> State:
    """Return a stored state with the answers to its last commit folded in, ready for `Restored`.

    What those answers would have led to is asked for again by `Restored`, under the same keys.
    """
    folded, _ = advance(program, state, Committed(at=at, tick=state.tick, results=results))
    folded = folded.copy()
    folded.tick = state.tick
    return folded


def _started(run: Run, event: Started) -> None:
    run.state.names = {name: dict(fields) for name, fields in event.names.items()}
    run.notes.append(Note("started", data=dict(event.names.get("occasion", {}))))
    if run.program.first is None:
        run.finish("completed")
        return
    run.arrive(None, run.program.first, due=event.at if event.due is None else event.due)


def _restored(run: Run, event: Restored) -> None:
    """Go on from a stored state: what was under way begins again under its old key, waits stay as they were."""
    run.state.outcome = None
    run.note("restored")
    run.state.given.clear()
    for token in run.state.tokens:
        if token.phase in ("asked", "performing", "parked"):
            token.phase = "ready"
    if not run.state.tokens:
        run.finish("completed")


def _delivered(run: Run, event: Delivered) -> None:
    owner, _, what = event.name.partition(".")
    mine = owner in run.state.names
    if mine:
        run.state.names[owner].update(event.data, **{what: True, f"{what}_at": event.at})
    woken = [token for token in run.tokens("waiting") if steps.event_arrived(run, token, event)]
    if mine or woken:
        run.notes.insert(0, Note("happened", data={"event": event.name, **event.data}))


def _reversed(run: Run, event: Reversed) -> None:
    run.finish("reversed")


def _deadline(run: Run, event: Deadline) -> None:
    for token in run.tokens("waiting"):
        if token.deadline is not None and token.deadline <= event.at:
            token.due = token.deadline
            run.note("elapsed", token.path)
            steps.time_is_up(run, token)


def _committed(run: Run, event: Committed) -> None:
    for key, result in event.results.items():
        if key in run.state.given:
            _reward_given(run, key, result)
    for token in run.tokens("asked"):
        if token.key in event.results or f"{token.key}:due" in event.results:
            steps.answered(run, token, event.results)
    if run.state.outcome is not None and event.tick == run.state.tick:
        run.effects.append(Finish(run.state.outcome))


def _reward_given(run: Run, key: str, result: dict[str, Any]) -> None:
    name, token_path = run.state.given.pop(key)
    if "refused" not in result:
        run.state.names[name] = {"redeemed": False, **result}
        return
    if run.state.outcome is not None:
        return
    path, _, visit = key.rpartition("#")
    for token in run.state.tokens:
        if token.path == token_path:
            token.path, token.visit, token.phase = path, int(visit), "parked"
            run.facts.append(OpenIncident(key=key, path=path, error=result["refused"]))
            run.note("incident", path, error=result["refused"])
            return


def _effect_done(run: Run, event: EffectDone) -> None:
    for token in run.tokens("performing"):
        if token.key == event.key:
            token.due = event.at
            steps.performed(run, token, event.result)


def _effect_failed(run: Run, event: EffectFailed) -> None:
    for token in run.tokens("performing"):
        if token.key == event.key:
            token.phase = "parked"
            run.facts.append(OpenIncident(key=token.key, path=token.path, error=event.error))
            run.note("incident", token.path, error=event.error)


def _command(run: Run, event: Command) -> None:
    COMMANDS[event.name](run, event)


def _cancel(run: Run, event: Command) -> None:
    run.note("cancelled", actor=event.actor, reason=event.reason)
    run.finish("cancelled", event.reason)


def _retry(run: Run, event: Command) -> None:
    for token in _meant(run, event, "parked"):
        run.facts.append(CloseIncident(key=token.key, how="retried"))
        run.note("retried", token.path, actor=event.actor)
        token.phase, token.due = "ready", event.at


def _skip(run: Run, event: Command) -> None:
    for token in _meant(run, event, "parked", "waiting"):
        if token.phase == "parked":
            run.facts.append(CloseIncident(key=token.key, how="skipped"))
        run.note("skipped", token.path, actor=event.actor)
        token.due = event.at
        steps.time_is_up(run, token)


def _resume(run: Run, event: Command) -> None:
    """After a pause: `shift` moves open deadlines on by its length, `send_all` forgives lateness."""
    run.note("resumed", actor=event.actor, paused=event.paused)
    policy = run.program.plan.on_resume
    if policy == "skip_stale":
        return
    ends = [f["expires"] for f in run.state.names.values() if f.get("expires") is not None]
    for token in run.state.tokens:
        token.due += event.paused
        if token.deadline is not None and policy == "shift":
            token.deadline = max(token.deadline, min([token.deadline + event.paused, *ends]))
        elif token.deadline is not None:
            token.deadline = max(token.deadline, event.at)


def _meant(run: Run, event: Command, *phases: str) -> list[Token]:
    return [token for token in run.tokens(*phases) if event.path in (None, token.path)]


HANDLERS: Mapping[type, Callable[[Run, Any], None]] = MappingProxyType(
    {
        Started: _started,
        Restored: _restored,
        Delivered: _delivered,
        Reversed: _reversed,
        Deadline: _deadline,
        Committed: _committed,
        EffectDone: _effect_done,
        EffectFailed: _effect_failed,
        Command: _command,
    }
)

COMMANDS: Mapping[str, Callable[[Run, Command], None]] = MappingProxyType(
    {"cancel": _cancel, "retry": _retry, "skip": _skip, "resume": _resume}
)

"""The heart: `advance(program, state, event) -> (state, effects)`, a pure function.

Tokens advance depth-first in plan order until none can go on. All facts of that go into one `Commit`;
what leaves the house follows once the commit has answered. An event that is stale (its token has moved
on, its sequence number is known) changes nothing and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from punchcard.plan.effects import Effect, Finish, Note
from punchcard.plan.events import (
    BUDGET_EXHAUSTED,
    NEXT_PERIOD,
    STOP_WHEN,
    Command,
    Committed,
    Deadline,
    Delivered,
    EffectDone,
    EffectFailed,
    Event,
    Restored,
    Results,
    Reversed,
    Started,
    TakenOver,
)
from punchcard.plan.facts import CloseIncident, Recall
from punchcard.plan.lapse import come_back
from punchcard.plan.program import Program
from punchcard.plan.resuming import go_on
from punchcard.plan.run import Run
from punchcard.plan.state import State, Token
from punchcard.plan.steps import BEHAVIOURS
from punchcard.plan.steps.failing import give_up, park
from punchcard.plan.steps.reward import give_again
from punchcard.plan.takeover import hear_of_order, stands_again, take_over

RECALL = "recall"


def advance(program: Program, state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Take one event in: return the state that follows, and what is to be done for it.

    The given state is not changed. The effects are at most one `Commit`, then `Perform`s, then `Finish`.
    """
    run = Run.begin(program, state, event.at)
    seq = getattr(event, "seq", 0)
    if 0 < seq <= run.state.seen:
        return state, ()
    run.state.seen = max(seq, run.state.seen)
    if run.state.outcome is None or isinstance(event, Committed | Restored) or _ends_unbegun(run, event):
        HANDLERS[type(event)](run, event)
        _settle(run)
    return run.end()


def _ends_unbegun(run: Run, event: Event) -> bool:
    """Whether this ends a generation that goes on from an end and has not begun, since a pause keeps it back."""
    ends = isinstance(event, Reversed) or (isinstance(event, Command) and event.name == "cancel")
    return ends and run.state.tick == 0


def _settle(run: Run) -> None:
    """Begin every step that is ready, and take back who returns, until all need an answer from outside."""
    while run.state.outcome is None and (ready := run.tokens("ready", "returning")):
        token = ready[0]
        step = run.program.steps[token.path]
        behaviour = BEHAVIOURS[type(step)]
        (behaviour.begin if token.phase == "ready" else behaviour.returned)(run, token, step)


def _hear(run: Run, event: Delivered) -> bool:
    """Let every token go on that waits for this, or is about to; tell whether one did."""
    listening = run.tokens("waiting", "asked")
    return bool([token for token in listening if _happened(run, token, event)])


def _happened(run: Run, token: Token, event: Delivered) -> bool:
    """Wake a token if this is what it waits for, and tell whether it was."""
    step = run.program.steps[token.path]
    behaviour = BEHAVIOURS[type(step)]
    hears = token.phase == "waiting" or behaviour.hears_early
    return hears and behaviour.happened(run, token, step, event)


def _time_is_up(run: Run, token: Token) -> None:
    """Go on as if the step's limit were reached: `otherwise` where the step has one, else what follows."""
    step = run.program.steps[token.path]
    BEHAVIOURS[type(step)].time_is_up(run, token, step)


def _skipped(run: Run, token: Token) -> None:
    """Go past the step, as an operator wants it."""
    step = run.program.steps[token.path]
    behaviour = BEHAVIOURS[type(step)]
    (behaviour.skipped or behaviour.time_is_up)(run, token, step)


def _started(run: Run, event: Started) -> None:
    run.state.names = {name: dict(fields) for name, fields in event.names.items()}
    run.notes.append(Note("started", data=dict(event.names.get("occasion", {}))))
    if run.program.first is None:
        run.finish("completed")
        return
    run.begin_at(run.program.first, event.at if event.due is None else event.due)
    if _ends_at_once(run):
        run.finish("stopped", STOP_WHEN)


def _ends_at_once(run: Run) -> bool:
    """Whether what ends the instance has happened before it began, as an order that was delivered already."""
    stop = run.program.plan.stop_when
    return stop is not None and any(run.holds(name) for name in stop.events)


def _restored(run: Run, event: Restored) -> None:
    """Go on from a stored state: waits stay as they were, what was under way begins again under its old key.

    So does what was parked, if the end has closed its incident; else it is still the operator's turn.
    """
    begin_again = ("performing",) if run.state.outcome is None else ("performing", "parked")
    run.state.outcome = None
    run.note("restored", lapse=event.lapse or None)
    results = come_back(run, event)
    stands_again(run, event.order)
    for token in run.tokens(*begin_again):
        token.phase = "ready"
    for token in run.tokens("waiting"):
        if BEHAVIOURS[type(run.program.steps[token.path])].reopens:
            token.phase = "ready"
    _take_answers(run, results, event.at)
    for token in run.tokens("asked"):
        token.phase = "ready"
    hear_of_order(run, event.at, _hear)
    run.facts.append(Recall(key=RECALL))
    give_again(run)
    if not run.state.tokens and run.state.outcome is None:
        run.finish("completed")


def _taken_over(run: Run, event: TakenOver) -> None:
    """Go on with the order by which the occasion stands now."""
    take_over(run, event.order)
    hear_of_order(run, event.at, _hear)


def _delivered(run: Run, event: Delivered) -> None:
    """Take in what happened: names keep what concerns them, and what waits for it goes on.

    A name stands for the latest reward or question; what happens to an earlier one is noted and changes nothing.
    """
    owner, _, what = event.name.partition(".")
    mine = owner in run.state.names or owner in [name for name, _ in run.state.given.values()]
    if mine and _is_outdated(run, owner, event):
        run.notes.insert(0, Note("happened", data={"event": event.name, **event.data}))
        return
    if mine:
        known = run.state.names.setdefault(owner, {})
        known.update(event.data | _fewest_uses(known, event.data), **{what: True, f"{what}_at": event.at})
    stop = run.program.plan.stop_when
    if stop is not None and event.name in stop.events and run.state.taking_back is None:
        run.notes.insert(0, Note("happened", data={"event": event.name, **event.data}))
        run.finish("stopped", STOP_WHEN)
        return
    if _hear(run, event) or mine:
        run.notes.insert(0, Note("happened", data={"event": event.name, **event.data}))


def _fewest_uses(*told: Mapping[str, Any]) -> dict[str, int]:
    """How many uses of a reward are left by the latest that is known: they only become fewer."""
    known = [each["uses_left"] for each in told if "uses_left" in each]
    return {"uses_left": min(known)} if known else {}


def _is_outdated(run: Run, owner: str, event: Delivered) -> bool:
    """Whether this is about an earlier reward or question of the name; forget that one if it is about a later."""
    known, reward = run.state.names.get(owner, {}), event.data.get("reward")
    if reward is not None and known.get("reward") is not None and reward > known["reward"]:
        run.state.names[owner] = {}
        return False
    return any(
        event.data.get(mark) is not None and known.get(mark) not in (None, event.data[mark])
        for mark in ("reward", "key")
    )


def _reversed(run: Run, event: Reversed) -> None:
    run.finish("reversed")


def _deadline(run: Run, event: Deadline) -> None:
    for token in run.tokens("deferred"):
        if token.deadline is not None and token.deadline <= event.at:
            token.phase, token.deadline = "ready", None
    for token in run.tokens("waiting"):
        if token.deadline is not None and token.deadline <= event.at:
            token.due = token.deadline
            run.note("elapsed", token.path)
            _time_is_up(run, token)
    for token in run.tokens("parked"):
        if token.deadline is not None and token.deadline <= event.at:
            run.facts.append(CloseIncident(key=token.key, how=NEXT_PERIOD))
            run.note(NEXT_PERIOD, token.path)
            token.phase, token.due, token.deadline = "ready", event.at, None


def _committed(run: Run, event: Committed) -> None:
    """Take the answers in; at the end there is nothing left to do but to close, once the end itself stands."""
    if run.state.outcome is None:
        _take_answers(run, event.results, event.at)
    elif event.tick == run.state.tick:
        run.effects.append(Finish(run.state.outcome))


def _take_answers(run: Run, results: Results, at: int) -> None:
    """Take in what the database says to the facts of earlier commits; keys that nobody waits for are ignored."""
    if STOP_WHEN in results and run.state.taking_back is None:
        run.finish("stopped", STOP_WHEN)
        return
    _rewards_given(run, results)
    if run.state.outcome is not None:
        return
    for name, happened in results.get(RECALL, {}).items():
        owner, _, what = name.partition(".")
        known, data = run.state.names.get(owner, {}), happened["data"]
        if not known.get(what) or _fewest_uses(known, data) != _fewest_uses(known):
            _delivered(run, Delivered(at=happened["at"], seq=0, name=name, data=data))
    for token in run.tokens("asked"):
        if token.key in results or f"{token.key}:due" in results:
            step = run.program.steps[token.path]
            BEHAVIOURS[type(step)].answered(run, token, step, results)


def _rewards_given(run: Run, results: Results) -> None:
    """Name the rewards that were given; of those refused the first in plan order parks each token that asked.

    Where the campaign goes quietly once its budget is used up, that ends the instance instead.
    """
    refused: dict[str, str] = {}
    for key in [key for key in run.state.given if key in results]:
        result = results[key]
        name, token_path = run.state.given.pop(key)
        if "refused" in result:
            refused[key] = token_path
        else:
            known = run.state.names.get(name, {})
            early = known if known.get("reward") in (None, result["reward"]) else {}
            fresh = {"redeemed": False} | ({"used_up": False} if "uses_left" in result else {})
            run.state.names[name] = {**fresh, **early, **result, **_fewest_uses(early, result)}
    spent = [key for key in refused if results[key]["refused"] == BUDGET_EXHAUSTED]
    budget = run.program.plan.budget
    quietly = bool(spent) and budget is not None and budget.then == "stop" and run.state.taking_back is None
    order = list(run.program.steps)
    for place in sorted(set(refused.values()), key=order.index):
        mine = [key for key in refused if refused[key] == place]
        key = min(mine, key=lambda key: order.index(key.rpartition("#")[0]))
        token = _brought_back(run, key, place)
        if token is not None and not quietly:
            park(run, token, results[key]["refused"], results[key].get("until"))
    if quietly:
        run.note("refused", spent[0].rpartition("#")[0], reason=BUDGET_EXHAUSTED)
        run.finish("stopped", BUDGET_EXHAUSTED)


def _brought_back(run: Run, key: str, token_path: str) -> Token | None:
    """Bring the token that has gone on from a step back to it, where it is asked for again if ever."""
    path, _, visit = key.rpartition("#")
    for token in run.tokens("asked"):
        if token.path == token_path:
            token.path, token.visit = path, int(visit)
            return token
    return None


def _effect_done(run: Run, event: EffectDone) -> None:
    for token in run.tokens("performing"):
        if token.key == event.key:
            token.due = event.at
            step = run.program.steps[token.path]
            BEHAVIOURS[type(step)].performed(run, token, step, event.result)


def _effect_failed(run: Run, event: EffectFailed) -> None:
    for token in run.tokens("performing"):
        if token.key == event.key:
            give_up(run, token, run.program.steps[token.path], event.error, ours=event.ours)


def _command(run: Run, event: Command) -> None:
    COMMANDS[event.name](run, event)


def _cancel(run: Run, event: Command) -> None:
    run.note("cancelled", actor=event.actor, reason=event.reason)
    run.finish("cancelled", event.reason)


def _retry(run: Run, event: Command) -> None:
    for token in _meant(run, event, "parked"):
        run.facts.append(CloseIncident(key=token.key, how="retried"))
        run.note("retried", token.path, actor=event.actor)
        token.phase, token.due, token.deadline = "ready", event.at, None


def _skip(run: Run, event: Command) -> None:
    for token in _meant(run, event, "parked", "waiting", "deferred"):
        if token.phase == "parked":
            run.facts.append(CloseIncident(key=token.key, how="skipped"))
        run.note("skipped", token.path, actor=event.actor)
        token.due = event.at
        _skipped(run, token)


def _meant(run: Run, event: Command, *phases: str) -> list[Token]:
    return [token for token in run.tokens(*phases) if event.path in (None, token.path)]


HANDLERS: Mapping[type, Callable[[Run, Any], None]] = MappingProxyType(
    {
        Started: _started,
        Restored: _restored,
        TakenOver: _taken_over,
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
    {"cancel": _cancel, "retry": _retry, "skip": _skip, "resume": go_on}
)

"""What each kind of step does when a token reaches it, when its commit answers, and when its wait ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from punchcard.plan.conditions import Field, evaluate, names
from punchcard.plan.events import Decide, Delivered, GiveReward, Perform, RequestMessage, Resolve, Results
from punchcard.plan.model import After, Ask, Beside, If, Moment, Reward, Send, Stop, Wait
from punchcard.plan.run import Run
from punchcard.plan.state import Token


def settle(run: Run) -> None:
    """Begin every step that is ready, until no token can go on without an answer from outside."""
    while run.state.outcome is None and (ready := run.tokens("ready")):
        step = run.program.steps[ready[0].path]
        BEGIN[type(step)](run, ready[0], step)


def give_again(run: Run) -> None:
    """Ask once more for rewards whose answer never came, where their token has gone on; the same keys, so once."""
    ready = {token.key for token in run.tokens("ready")}
    for key in sorted(run.state.given):
        step = run.program.steps[key.rpartition("#")[0]]
        if key not in ready and isinstance(step, Reward):
            _give(run, key, step)


def event_arrived(run: Run, token: Token, event: Delivered) -> bool:
    """Wake a waiting token if this is what it waits for, and tell whether it was."""
    step = run.program.steps[token.path]
    match step:
        case Wait(events=events) if event.name in events:
            if token.since is not None and event.name.startswith("customer.") and event.at < token.since:
                return False
            token.due = event.at
            _take_event(run, token, step, event.name)
            return True
        case Ask(name=name) if event.name == f"{name}.answered":
            token.due = event.at
            run.enter(token, step.then)
            return True
        case _:
            return False


def time_is_up(run: Run, token: Token) -> None:
    """Go on as if the step's limit were reached: `otherwise` where the step has one, else what follows."""
    step = run.program.steps[token.path]
    match step:
        case Wait(events=events, otherwise=otherwise) if events:
            run.enter(token, otherwise)
        case Ask(otherwise=otherwise):
            run.enter(token, otherwise)
        case _:
            run.leave(token)


def answered(run: Run, token: Token, results: Results) -> None:
    """Take the commit's answer to what the token's step asked."""
    step = run.program.steps[token.path]
    result = results.get(token.key, {})
    match step:
        case Send() | Ask():
            _message_answered(run, token, step, result, results)
        case Wait():
            _wait_until(run, token, step, results[f"{token.key}:due"]["due"])
        case If():
            run.enter(token, step.then if result["met"] else step.otherwise)
        case Reward():
            run.leave(token)
        case Stop():
            raise AssertionError(f"{step.path} asks for nothing")


def performed(run: Run, token: Token, result: dict[str, Any]) -> None:
    """Go on after a message went out, or did not for a reason that waiting does not mend."""
    step = run.program.steps[token.path]
    status = result.get("status", "sent")
    run.note("message", token.path, **{**result, "status": status})
    if not isinstance(step, Ask):
        run.leave(token)
    elif status not in ("sent", "unknown"):
        run.enter(token, step.otherwise)
    elif run.state.names.get(step.name, {}).get("answered"):
        run.enter(token, step.then)
    else:
        due = token.deadline if token.deadline is not None else _known(run, step.up_to)
        assert due is not None, "an ask resolves its limit before it is sent"
        _rest(run, token, due, [f"{step.name}.answered"])


# --- beginnings -------------------------------------------------------------------------------


def _reward(run: Run, token: Token, step: Reward) -> None:
    """Give, and go on at once to a `send` or `reward`: they need nothing that the commit has yet to say."""
    key, place = token.key, token.path
    _give(run, key, step)
    run.note("rewarded", step.path, name=step.name, key=key)
    token.phase = "asked"
    following = run.program.after[step.path]
    if following is not None and isinstance(run.program.steps[following], Send | Reward):
        run.leave(token)
    run.state.given[key] = [step.name, place]
    for asked in run.state.given.values():
        if asked[1] == place:
            asked[1] = token.path


def _give(run: Run, key: str, step: Reward) -> None:
    run.facts.append(
        GiveReward(key=key, path=step.path, name=step.name, offer=step.offer, expires=step.expires)
    )


def _send(run: Run, token: Token, step: Send) -> None:
    token.phase = "asked"
    run.facts.append(RequestMessage(key=token.key, path=step.path, message=step.message, due=token.due))


def _ask(run: Run, token: Token, step: Ask) -> None:
    token.phase = "asked"
    run.state.names.setdefault(step.name, {"answered": False})
    run.facts.append(
        RequestMessage(
            key=token.key,
            path=step.path,
            message=step.message,
            due=token.due,
            question=step.name,
            answer=step.answer,
        )
    )
    if _known(run, step.up_to) is None:
        run.facts.append(Resolve(key=f"{token.key}:due", moment=step.up_to))


def _wait(run: Run, token: Token, step: Wait) -> None:
    for name in step.events:
        owner, _, what = name.partition(".")
        if run.state.names.get(owner, {}).get(what):
            _take_event(run, token, step, name)
            return
    due = _known(run, step.until)
    if due is not None:
        _wait_until(run, token, step, due)
        return
    token.phase = "asked"
    run.facts.append(Resolve(key=f"{token.key}:due", moment=step.until))


def _if(run: Run, token: Token, step: If) -> None:
    known = {f.key: _local(run, f) for f in names(step.condition) if f.path[0] != "customer"}
    if len(known) < len(names(step.condition)):
        token.phase = "asked"
        run.facts.append(Decide(token.key, step.path, step.condition, known))
        return
    verdict = evaluate(step.condition, known)
    run.note("decided", step.path, met=verdict.met, operands=verdict.operands)
    run.enter(token, step.then if verdict.met else step.otherwise)


def _stop(run: Run, token: Token, step: Stop) -> None:
    run.state.tokens.remove(token)
    run.finish("stopped", step.reason)


# --- what they have in common -----------------------------------------------------------------


def _message_answered(
    run: Run, token: Token, step: Send | Ask, result: dict[str, Any], results: Results
) -> None:
    if result["verdict"] == "granted":
        token.phase = "performing"
        if f"{token.key}:due" in results:
            token.deadline = results[f"{token.key}:due"]["due"]
        run.effects.append(Perform(key=token.key, kind="send"))
        return
    run.note("suppressed", step.path, message=step.message, reason=result["reason"])
    if isinstance(step, Ask):
        run.enter(token, step.otherwise)
    else:
        run.leave(token)


def _take_event(run: Run, token: Token, step: Wait, name: str) -> None:
    for branch in step.branches:
        if branch.event == name:
            run.enter(token, branch.steps)
            return
    run.enter(token, step.then)


def _wait_until(run: Run, token: Token, step: Wait, due: int) -> None:
    if due <= run.at:
        run.note("elapsed", step.path)
        time_is_up(run, token)
    else:
        _rest(run, token, due, list(step.events))


def _rest(run: Run, token: Token, due: int, events: list[str]) -> None:
    token.phase, token.deadline, token.since = "waiting", due, run.at
    run.note("waiting", token.path, until=due, events=events or None)


def _local(run: Run, field: Field) -> Any:
    owner, _, name = field.key.partition(".")
    return run.state.names.get(owner, {}).get(name)


def _known(run: Run, moment: Moment) -> int | None:
    """The instant of a moment that needs no zone: a span from now, or beside an instant that has a name."""
    match moment:
        case After(millis=millis):
            return run.at + millis
        case Beside(name=name, field=field, shift=shift):
            found = run.state.names.get(name, {}).get(field)
            return run.at if found is None else int(found) + shift
        case _:
            return None


BEGIN: Mapping[type, Callable[[Run, Token, Any], None]] = MappingProxyType(
    {Reward: _reward, Send: _send, Ask: _ask, Wait: _wait, If: _if, Stop: _stop}
)

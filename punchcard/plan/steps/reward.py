"""`reward`: something is given; the token goes on at once where what follows needs no answer."""

from __future__ import annotations

from punchcard.plan.events import Results
from punchcard.plan.facts import GiveReward
from punchcard.plan.model import After, Beside, DayBeside, Reward, Send, Step
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.resting import anchor


def give_again(run: Run) -> None:
    """Ask once more for rewards whose answer never came, where their token has gone on; the same keys, so once."""
    ready = {token.key for token in run.tokens("ready")}
    for key in sorted(run.state.given):
        step = run.program.steps[key.rpartition("#")[0]]
        if key not in ready and isinstance(step, Reward):
            _give(run, key, step)


def _begin(run: Run, token: Token, step: Reward) -> None:
    """Give, and go on at once to a `send` or `reward` that needs nothing that the commit has yet to say."""
    key, place = token.key, token.path
    _give(run, key, step)
    run.note("rewarded", step.path, name=step.name, key=key)
    token.phase = "asked"
    following = run.program.after[step.path]
    if following is not None and _needs_no_answer(run.program.steps[following]):
        run.leave(token)
    run.state.given[key] = [step.name, place]
    for asked in run.state.given.values():
        if asked[1] == place:
            asked[1] = token.path


def _answered(run: Run, token: Token, step: Reward, results: Results) -> None:
    run.leave(token)


def _needs_no_answer(step: Step) -> bool:
    if isinstance(step, Reward):
        return not isinstance(step.expires, Beside | DayBeside)
    return isinstance(step, Send)


def _give(run: Run, key: str, step: Reward) -> None:
    """The database knows no instant that the instance names: it is told the instant, and what is counted from it."""
    expires = After(step.expires.shift) if isinstance(step.expires, Beside) else step.expires
    run.facts.append(
        GiveReward(
            key=key,
            path=step.path,
            name=step.name,
            offer=step.offer,
            expires=expires,
            since=anchor(run, step.expires),
            orders=step.orders,
        )
    )


REWARD: Behaviour[Reward] = Behaviour(begin=_begin, answered=_answered)

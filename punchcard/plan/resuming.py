"""Going on after a pause: what becomes of what was due meanwhile, as the campaign's `on_resume` says.

What was stale is left out by whoever grants it (`skip_stale`), so only the other two change anything here.
"""

from __future__ import annotations

from punchcard.plan.events import Command
from punchcard.plan.model import Beside, DayBeside, NextTime, OnDate, Wait
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps import BEHAVIOURS


def go_on(run: Run, resume: Command) -> None:
    """After a pause: `shift` moves open deadlines on by its length, `send_all` forgives lateness."""
    run.note("resumed", actor=resume.actor, paused=resume.paused)
    policy = run.program.plan.on_resume
    if policy == "skip_stale":
        return
    for token in run.state.tokens:
        token.due += resume.paused
    if policy == "shift":
        _shift(run, resume)
    else:
        for token in run.state.tokens:
            _not_before(token, resume.at)
    for token in run.tokens("waiting"):
        step = run.program.steps[token.path]
        BEHAVIOURS[type(step)].moved(run, token, step)


def _shift(run: Run, resume: Command) -> None:
    """Let waits and rounds last as much longer as the pause has kept them; what began in it was kept for less.

    A message that waits for an hour or a cap is asked for again when it was to be.
    """
    for token in run.tokens("waiting", "asked", "performing"):
        step = run.program.steps[token.path]
        match step.until if isinstance(step, Wait) else None:
            case _ if token.phase == "asked":
                token.phase = "ready" if isinstance(step, Wait) else token.phase
            case NextTime() if token.deadline is not None and token.deadline <= resume.at:
                token.phase = "ready"
            case NextTime():
                pass
            case OnDate():
                _not_before(token, resume.at)
            case Beside(field=field) | DayBeside(field=field) if field != "occurred_at":
                _not_before(token, resume.at)
            case _:
                _prolong(run, token, _kept(resume, token.since))
    for began in run.state.rounds.values():
        began[1] = began[1] + _kept(resume, began[1]) if began[1] >= 0 else began[1]


def _not_before(token: Token, at: int) -> None:
    if token.deadline is not None:
        token.deadline = max(token.deadline, at)


def _kept(resume: Command, since: int | None) -> int:
    """How long the pause has kept what began at an instant."""
    began = resume.at - resume.paused
    return max(0, resume.at - (began if since is None else max(began, since)))


def _prolong(run: Run, token: Token, kept: int) -> None:
    """Move a deadline on, but not past the end of a reward that can still be used then."""
    if token.deadline is None:
        return
    ends = [
        fields["expires"]
        for fields in run.state.names.values()
        if isinstance(fields.get("expires"), int) and not _is_used(fields)
    ]
    token.deadline = min([token.deadline + kept, *(end for end in ends if end >= token.deadline)])


def _is_used(fields: dict[str, object]) -> bool:
    return bool(fields.get("redeemed")) and not fields.get("uses_left")

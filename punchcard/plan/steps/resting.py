"""What steps that wait have in common: when the wait ends, and how a token rests until then."""

from __future__ import annotations

from punchcard.plan.model import After, Beside, DayBeside, Moment
from punchcard.plan.program import awaited
from punchcard.plan.run import Run
from punchcard.plan.state import Token


def rest(run: Run, token: Token, due: int) -> None:
    """Let a token wait until an instant, or until an event that its step waits for, which counts from the step on."""
    events = list(awaited(run.program.steps[token.path]))
    token.phase, token.deadline = "waiting", due
    token.since = run.at if token.since is None else token.since
    run.note("waiting", token.path, until=due, events=events or None)


def known_instant(run: Run, moment: Moment) -> int | None:
    """Return the instant of a moment that needs no zone: a span from now, or beside an instant that has a name."""
    match moment:
        case After(millis=millis):
            return run.at + millis
        case Beside(shift=shift, months=0):
            known = anchor(run, moment)
            return run.at if known is None else known + shift
        case Beside() | DayBeside() if anchor(run, moment) is None:
            return run.at
        case _:
            return None


def anchor(run: Run, moment: Moment | None) -> int | None:
    """Return the instant that a moment is named beside; None if it is not, or nobody knows it."""
    if not isinstance(moment, Beside | DayBeside):
        return None
    found = run.state.names.get(moment.name, {}).get(moment.field)
    return None if found is None else int(found) + _lapse(run, moment)


def _lapse(run: Run, moment: Beside | DayBeside) -> int:
    """By how much an instant has moved: a reward's end by itself, an order's only since it is this instance's order."""
    if moment.field == "expires":
        return 0
    return run.state.lapse - (run.state.lapse_before_order if moment.name == "order" else 0)

"""A lapse: the time in which an occasion did not stand is time that does not count.

An instance that goes on since its occasion stands again has as long for everything as it had left when that fell.
"""

from __future__ import annotations

from punchcard.plan.events import Restored, Results
from punchcard.plan.run import Run
from punchcard.plan.steps import BEHAVIOURS


def come_back(run: Run, event: Restored) -> Results:
    """Move on what waits, what is due and when rewards end; return the answers that are yet to be taken in."""
    if event.lapse:
        _move_on(run, event.lapse)
    for fields in run.state.names.values():
        fields.update(_end(fields, event.ends))
    return {key: {**answer, **_end(answer, event.ends)} for key, answer in event.results.items()}


def _move_on(run: Run, lapse: int) -> None:
    """A message that waits for an hour or a cap is asked for again when it was to be; it is not late for the lapse."""
    run.state.lapse += lapse
    for token in run.state.tokens:
        token.due += lapse
    for token in run.tokens("waiting"):
        step = run.program.steps[token.path]
        BEHAVIOURS[type(step)].lapsed(run, token, step, lapse)
    for began in run.state.rounds.values():
        began[1] = began[1] + lapse if began[1] >= 0 else began[1]


def _end(fields: dict[str, object], ends: dict[str, int]) -> dict[str, object]:
    end = ends.get(str(fields.get("reward")))
    return {} if end is None else {"expires": end}

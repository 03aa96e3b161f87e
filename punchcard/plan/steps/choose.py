"""`choose`: the way that a value names, found here or, where it asks about the customer, by the database."""

from __future__ import annotations

from dataclasses import replace

from punchcard.plan.events import Results
from punchcard.plan.facts import Pick
from punchcard.plan.model import Choose
from punchcard.plan.picking import pick
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import known, own


def _begin(run: Run, token: Token, step: Choose) -> None:
    values = known(run, token, step.value)
    if values is None:
        token.phase = "asked"
        cases = tuple(replace(case, steps=()) for case in step.branches)
        run.facts.append(Pick(token.key, step.path, step.value, cases, own(run, token, step.value)))
        return
    picked = pick(step.value, step.branches, values)
    run.note("chosen", step.path, way=picked.way, operands=picked.operands)
    _go(run, token, step, picked.way)


def _answered(run: Run, token: Token, step: Choose, results: Results) -> None:
    _go(run, token, step, results[token.key]["way"])


def _go(run: Run, token: Token, step: Choose, way: str | None) -> None:
    found = next((case.steps for case in step.branches if case.name == way), step.otherwise)
    run.enter(token, found)


CHOOSE: Behaviour[Choose] = Behaviour(begin=_begin, answered=_answered)

"""`split`: variants by share; the same customer always gets the same one, until the best of them is kept."""

from __future__ import annotations

from punchcard.plan.bucket import variant
from punchcard.plan.events import Results
from punchcard.plan.facts import TakeVariant
from punchcard.plan.model import Split
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour


def _begin(run: Run, token: Token, step: Split) -> None:
    customer = run.state.names.get("occasion", {}).get("customer", 0)
    lot = variant(run.program.plan.campaign, step.experiment, step.shares, customer)
    if step.keep_best is None:
        run.note("assigned", step.path, way=lot)
        _go(run, token, step, lot)
        return
    token.phase = "asked"
    run.facts.append(
        TakeVariant(
            key=token.key,
            path=step.path,
            experiment=step.experiment,
            variants=tuple(step.shares),
            lot=lot,
            keep_best=step.keep_best,
        )
    )


def _answered(run: Run, token: Token, step: Split, results: Results) -> None:
    _go(run, token, step, results[token.key]["way"])


def _go(run: Run, token: Token, step: Split, way: str) -> None:
    run.enter(token, next(branch.steps for branch in step.branches if branch.name == way))


SPLIT: Behaviour[Split] = Behaviour(begin=_begin, answered=_answered)

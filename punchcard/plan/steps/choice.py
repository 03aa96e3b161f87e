"""`if`: one of two ways by a condition, decided here or, where it asks about the customer, by the database."""

from __future__ import annotations

from typing import Any

from punchcard.plan.conditions import Field, evaluate, names
from punchcard.plan.events import Decide, Results
from punchcard.plan.model import If
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour


def _begin(run: Run, token: Token, step: If) -> None:
    known = {f.key: _local(run, f) for f in names(step.condition) if f.path[0] != "customer"}
    if len(known) < len(names(step.condition)):
        token.phase = "asked"
        run.facts.append(Decide(token.key, step.path, step.condition, known))
        return
    verdict = evaluate(step.condition, known)
    run.note("decided", step.path, met=verdict.met, operands=verdict.operands)
    run.enter(token, step.then if verdict.met else step.otherwise)


def _answered(run: Run, token: Token, step: If, results: Results) -> None:
    run.enter(token, step.then if results[token.key]["met"] else step.otherwise)


def _local(run: Run, field: Field) -> Any:
    owner, _, name = field.key.partition(".")
    return run.state.names.get(owner, {}).get(name)


IF: Behaviour[If] = Behaviour(begin=_begin, answered=_answered)

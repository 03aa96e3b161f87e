"""`if`: one of two ways by a condition, decided here or, where it asks about the customer, by the database."""

from __future__ import annotations

from punchcard.plan.conditions import evaluate
from punchcard.plan.events import Results
from punchcard.plan.facts import Decide
from punchcard.plan.model import If
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import known, own


def _begin(run: Run, token: Token, step: If) -> None:
    values = known(run, token, step.condition)
    if values is None:
        token.phase = "asked"
        run.facts.append(Decide(token.key, step.path, step.condition, own(run, token, step.condition)))
        return
    verdict = evaluate(step.condition, values)
    run.note("decided", step.path, met=verdict.met, operands=verdict.operands)
    run.enter(token, step.then if verdict.met else step.otherwise)


def _answered(run: Run, token: Token, step: If, results: Results) -> None:
    run.enter(token, step.then if results[token.key]["met"] else step.otherwise)


IF: Behaviour[If] = Behaviour(begin=_begin, answered=_answered)

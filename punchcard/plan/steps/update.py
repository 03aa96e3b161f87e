"""`update`: the customer is changed, and the token goes on at once.

Where a condition may end the instance, which is looked at in the very commit, it goes on once that has answered.
"""

from __future__ import annotations

from punchcard.plan.events import Results
from punchcard.plan.facts import UpdateCustomer
from punchcard.plan.model import Update
from punchcard.plan.program import expressions
from punchcard.plan.run import Run
from punchcard.plan.state import Token
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.knowing import own
from punchcard.plan.steps.undoing import remember, taken_back


def _begin(run: Run, token: Token, step: Update) -> None:
    run.facts.append(
        UpdateCustomer(
            key=token.key,
            path=step.path,
            fields=step.fields,
            add_tags=step.add_tags,
            remove_tags=step.remove_tags,
            values=own(run, token, *expressions(step)),
        )
    )
    run.note("updated", step.path)
    if _may_end(run):
        token.phase = "asked"
    else:
        _go_on(run, token, step)


def _may_end(run: Run) -> bool:
    stop = run.program.plan.stop_when
    return stop is not None and stop.condition is not None and run.state.taking_back is None


def _answered(run: Run, token: Token, step: Update, results: Results) -> None:
    _go_on(run, token, step)


def _go_on(run: Run, token: Token, step: Update) -> None:
    remember(run, token, step)
    run.leave(token)


UPDATE: Behaviour[Update] = Behaviour(begin=_begin, answered=_answered, returned=taken_back)

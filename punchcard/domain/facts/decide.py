"""A condition that asks about the customer, decided on the facts of this moment."""

from __future__ import annotations

from punchcard.domain.facts.granting import Granting, Result
from punchcard.plan.conditions import evaluate, names
from punchcard.plan.effects import Note
from punchcard.plan.facts import Decide


def decide(granting: Granting, fact: Decide) -> Result:
    """Only the verdict goes back: what was read of the customer stays here, in the journal."""
    verdict = evaluate(fact.condition, granting.values(names(fact.condition), fact.values))
    decided = {"met": verdict.met, "operands": verdict.operands}
    granting.notes.append(Note("decided", fact.path, decided))
    return {"met": verdict.met}

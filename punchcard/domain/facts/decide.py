"""A condition that asks about the customer, decided on the facts of this moment."""

from __future__ import annotations

from punchcard.domain.facts.granting import Granting, Result
from punchcard.plan.conditions import evaluate, names
from punchcard.plan.effects import Note
from punchcard.plan.facts import Decide


def decide(granting: Granting, fact: Decide) -> Result:
    """Only the verdict goes back: what was read of the customer stays here, in the journal."""
    asked = [field for field in names(fact.condition) if field.key not in fact.values]
    of_customer = granting.known(asked)
    verdict = evaluate(fact.condition, fact.values | of_customer)
    decided = {"met": verdict.met, "operands": verdict.operands}
    granting.notes.append(Note("decided", fact.path, decided))
    return {"met": verdict.met}

"""`stop_when`: looked at in the commit of each effect, before anything is given or granted."""

from __future__ import annotations

from punchcard.domain.facts.granting import Granting, Result
from punchcard.plan.conditions import evaluate, names
from punchcard.plan.effects import Note
from punchcard.plan.facts import (
    CloseIncident,
    CloseTask,
    Decide,
    Fact,
    Finished,
    MoveTask,
    OpenIncident,
    Pick,
    Recall,
    Resolve,
    TakeVariant,
    Withdraw,
)

# In the paths of steps that take something back.
UNDO = ".undo."
# What gives nothing and lets nothing leave the house.
INWARD = (
    CloseIncident,
    CloseTask,
    Decide,
    Finished,
    MoveTask,
    OpenIncident,
    Pick,
    Recall,
    Resolve,
    TakeVariant,
    Withdraw,
)


def _may_pass(fact: Fact) -> bool:
    """Whether a fact stands although the campaign is to stop: it is inward, or it takes back what was done."""
    return isinstance(fact, INWARD) or UNDO in getattr(fact, "path", "")


def stops(granting: Granting, facts: tuple[Fact, ...]) -> Result | None:
    """Return the answer that ends the instance, if its campaign's condition holds as an effect is to begin."""
    rule = granting.plan.stop_when
    if rule is None or rule.condition is None or all(_may_pass(fact) for fact in facts):
        return None
    verdict = evaluate(rule.condition, granting.known(names(rule.condition)))
    if not verdict.met:
        return None
    granting.notes.append(Note("decided", data={"met": True, "operands": verdict.operands}))
    return {"met": True}

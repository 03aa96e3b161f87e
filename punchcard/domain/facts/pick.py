"""The way that a value asked of the customer names."""

from __future__ import annotations

from punchcard.domain.facts.granting import Granting, Result
from punchcard.plan.conditions import names
from punchcard.plan.effects import Note
from punchcard.plan.facts import Pick
from punchcard.plan.picking import pick


def pick_way(granting: Granting, fact: Pick) -> Result:
    """Only the way goes back: what was read of the customer stays here, in the journal."""
    picked = pick(fact.value, fact.cases, granting.values(names(fact.value), fact.values))
    way = {} if picked.way is None else {"way": picked.way}
    granting.notes.append(Note("chosen", fact.path, {**way, "operands": picked.operands}))
    return {"way": picked.way}

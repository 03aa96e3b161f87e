"""What a campaign may cost."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Budget, Plan
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech
from punchcard.wording.things import rewards_of


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield the budget, or that there is none; nothing for a campaign that gives nothing."""
    if not rewards_of(plan):
        return
    if plan.budget is None:
        yield Line(speech.gettext("There is no budget: nothing bounds what all customers together may get."))
        return
    yield Line(_bounds(speech, plan.budget, plan.currency))
    if plan.budget.then == "stop":
        words = speech.gettext(
            "Once that is used up, nothing more is given: for whoever would get a reward then, it ends there."
        )
    else:
        words = speech.gettext(
            "Once that is used up, nothing more is given: whoever would get a reward then waits as an incident, "
            "until somebody decides."
        )
    yield Line(words)


def _bounds(speech: Speech, budget: Budget, currency: str) -> str:
    facts = {
        "count": speech.number(budget.rewards or 0),
        "amount": speech.money(budget.amount or 0, currency),
    }
    if budget.rewards is None:
        return speech.gettext("All customers together get rewards for at most %(amount)s.") % facts
    if budget.amount is None:
        words = speech.ngettext(
            "All customers together get at most %(count)s reward.",
            "All customers together get at most %(count)s rewards.",
            budget.rewards,
        )
        return words % facts
    words = speech.ngettext(
        "All customers together get at most %(count)s reward, for at most %(amount)s.",
        "All customers together get at most %(count)s rewards, for at most %(amount)s.",
        budget.rewards,
    )
    return words % facts

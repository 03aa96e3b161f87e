"""How far a customer is on the way to their next reward, in words and as a share for a bar."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.domain.customer_story import ProgressLine
from punchcard.plan.bucket import held_out
from punchcard.plan.model import Plan
from punchcard.plan.triggers import ItemsTrigger, OrderTrigger, SpendTrigger, Trigger, VisitsTrigger
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class Progress:
    """One campaign's progress: `share` is 0 to 100 of the way to the next reward."""

    campaign: str
    title: str
    words: str
    share: float
    earned: int
    held_out: bool


def progress_words(
    speech: Speech, plan: Plan, line: ProgressLine | None, customer_id: int
) -> Progress | None:
    """Return a customer's progress in a campaign that adds up; None for one that does not."""
    goal, currency = _goal(plan)
    if goal is None:
        return None
    missing = goal if line is None else line.missing
    return Progress(
        campaign=plan.campaign,
        title=plan.title,
        words=_words(speech, plan.trigger, goal, missing, currency),
        share=100.0 if missing is None else round(100 * (goal - missing) / goal, 1),
        earned=line.standing if line else 0,
        held_out=held_out(plan.campaign, plan.holdout, customer_id),
    )


def _goal(plan: Plan) -> tuple[int | None, str | None]:
    """What there is to reach, and its currency where it is an amount."""
    match plan.trigger:
        case SpendTrigger(every=every, reaches=reaches):
            return every or reaches, plan.currency
        case OrderTrigger(every=every):
            return every, None
        case ItemsTrigger(every=every):
            return every, None
        case VisitsTrigger(consecutive=wanted):
            return wanted, None
        case _:
            return None, None


def _words(speech: Speech, trigger: Trigger, goal: int, missing: int | None, currency: str | None) -> str:
    def shown(number: int) -> str:
        return speech.number(number) if currency is None else speech.money(number, currency)

    if missing is None:
        return speech.gettext("%(goal)s reached") % {"goal": shown(goal)}
    if isinstance(trigger, VisitsTrigger):
        words = _in_a_row(speech, trigger)
    elif isinstance(trigger, SpendTrigger) and (trigger.within or trigger.within_months):
        words = speech.gettext("%(done)s of %(goal)s in the time that counts, as of the last order")
    elif isinstance(trigger, ItemsTrigger):
        words = speech.ngettext(
            "%(done)s of %(goal)s units; %(rest)s more for the next reward",
            "%(done)s of %(goal)s units; %(rest)s more for the next reward",
            missing,
        )
    elif currency is None:
        words = speech.ngettext(
            "%(done)s of %(goal)s orders; %(rest)s more for the next reward",
            "%(done)s of %(goal)s orders; %(rest)s more for the next reward",
            missing,
        )
    else:
        words = speech.gettext("%(done)s of %(goal)s; %(rest)s more for the next reward")
    return words % {"done": shown(goal - missing), "goal": shown(goal), "rest": shown(missing)}


def _in_a_row(speech: Speech, trigger: VisitsTrigger) -> str:
    match trigger.per:
        case "day":
            return speech.gettext("%(done)s of %(goal)s days in a row, as of the last order")
        case "week":
            return speech.gettext("%(done)s of %(goal)s weeks in a row, as of the last order")
        case "month":
            return speech.gettext("%(done)s of %(goal)s months in a row, as of the last order")
        case "quarter":
            return speech.gettext("%(done)s of %(goal)s quarters in a row, as of the last order")

"""How far a customer is on the way to their next reward, in words and as a share for a bar."""

from __future__ import annotations

from dataclasses import dataclass

from api.console.words.speech import Speech
from punchcard.domain.customer_story import ProgressLine
from punchcard.plan.bucket import held_out
from punchcard.plan.model import OrderTrigger, Plan, SpendTrigger


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
    measure, standing = (line.measure, line.standing) if line else (0, 0)
    match plan.trigger:
        case SpendTrigger(every=every) if every is not None:
            words, share = _spend(speech, plan, measure % every if measure > 0 else 0, every)
        case SpendTrigger(reaches=reaches) if reaches is not None:
            words, share = _spend(speech, plan, min(max(measure, 0), reaches), reaches)
        case OrderTrigger(every=every) if every is not None:
            words, share = _orders(speech, measure % every, every)
        case _:
            return None
    held = held_out(plan.campaign, plan.holdout, customer_id)
    return Progress(plan.campaign, plan.title, words, round(share, 1), standing, held)


def _spend(speech: Speech, plan: Plan, done: int, goal: int) -> tuple[str, float]:
    words = speech.gettext("%(done)s of %(goal)s; %(rest)s more for the next reward")
    if done >= goal:
        words = speech.gettext("%(done)s of %(goal)s reached")
    parts = {"done": done, "goal": goal, "rest": goal - done}
    named = {name: speech.money(minor, plan.currency) for name, minor in parts.items()}
    return words % named, 100 * done / goal


def _orders(speech: Speech, done: int, goal: int) -> tuple[str, float]:
    words = speech.ngettext(
        "%(done)s of %(goal)s orders; %(rest)s more for the next reward",
        "%(done)s of %(goal)s orders; %(rest)s more for the next reward",
        goal - done,
    )
    parts = {"done": done, "goal": goal, "rest": goal - done}
    return words % {name: speech.number(count) for name, count in parts.items()}, 100 * done / goal

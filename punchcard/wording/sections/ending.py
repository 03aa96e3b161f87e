"""How a campaign ends for a customer, and what a refund, a pause and a delay do to it."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan, StopWhen
from punchcard.plan.triggers import ByOrders, OrderTrigger
from punchcard.wording.conditions import condition_words
from punchcard.wording.happenings import events_clause
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech
from punchcard.wording.things import rewards_of


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield how it ends, and what happens when something comes between."""
    yield Line(speech.gettext("It ends after the last step, or where a step says that it ends."))
    if plan.stop_when is not None:
        yield Line(_stop_when(speech, plan, plan.stop_when))
    if isinstance(plan.trigger, ByOrders):
        yield Line(_refund(speech, plan))
        if isinstance(plan.trigger, OrderTrigger) and plan.trigger.first:
            words = speech.gettext(
                "If the first order is returned and the customer has another one that counts, that is their first "
                "one from then on: nothing is taken back."
            )
            yield Line(words)
    yield Line(_pause(speech, plan))
    if rewards_of(plan):
        words = speech.gettext(
            "A message that would go out more than %(span)s late is left out. A reward is given all the same."
        )
    else:
        words = speech.gettext("A message that would go out more than %(span)s late is left out.")
    yield Line(words % {"span": speech.span(plan.max_lateness)})


def _stop_when(speech: Speech, plan: Plan, rule: StopWhen) -> str:
    if rule.condition is not None:
        words = speech.gettext(
            "Before each reward and each message it ends if by then %(condition)s; what was given stays given, and "
            "nothing more is sent."
        )
        return words % {"condition": condition_words(speech, plan, rule.condition)}
    words = speech.gettext(
        "It ends at once, wherever it stands, if %(condition)s; what was given stays given, and nothing more is sent."
    )
    return words % {"condition": events_clause(speech, plan, rule.events)}


def _refund(speech: Speech, plan: Plan) -> str:
    if not rewards_of(plan):
        return speech.gettext(
            "If refunds take back what started it, it ends, and nothing more is sent. "
            "Earned again, it goes on from where it was, and whatever was still to come comes as much later."
        )
    if plan.on_refund == "debt":
        return speech.gettext(
            "If refunds take back what started it, it ends: an unused reward is revoked, and nothing more is sent. "
            "What a used reward took off is owed to the shop, which collects or waives it. Whoever earns it again owes "
            "nothing, gets the same reward back, good for as long as it was then, and whatever was still to come comes "
            "as much later."
        )
    return speech.gettext(
        "If refunds take back what started it, it ends: an unused reward is revoked, and nothing more is sent. "
        "A used reward is not asked back. Whoever earns it again gets the same reward back, good for as long as it was "
        "then, and whatever was still to come comes as much later."
    )


def _pause(speech: Speech, plan: Plan) -> str:
    match plan.on_resume:
        case "shift":
            return speech.gettext(
                "If the campaign is paused, everything that was due moves on by the length of the pause, "
                "but never past a reward's expiry."
            )
        case "send_all":
            return speech.gettext(
                "If the campaign is paused, everything that became due is done once it goes on."
            )
        case _:
            return speech.gettext(
                "If the campaign is paused, whatever is too late once it goes on is left out."
            )

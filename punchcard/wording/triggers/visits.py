"""`visits` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import VisitsTrigger
from punchcard.wording.conditions import condition_words
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: VisitsTrigger) -> str:
    return _row(speech, trigger) % {"count": speech.number(trigger.consecutive)}


def _row(speech: Speech, trigger: VisitsTrigger) -> str:
    match trigger.per:
        case "day":
            return speech.gettext("Orders on %(count)s days in a row")
        case "week":
            return speech.gettext("Orders in %(count)s weeks in a row")
        case "month":
            return speech.gettext("Orders in %(count)s months in a row")
        case "quarter":
            return speech.gettext("Orders in %(count)s quarters in a row")


def _sentences(speech: Speech, plan: Plan, trigger: VisitsTrigger) -> Iterator[str]:
    words = speech.gettext(
        "%(label)s start the campaign for a customer, once each time that the row is full."
    )
    yield words % {"label": _label(speech, plan, trigger)}
    yield speech.gettext("A period without an order ends the row; counting then begins anew.")
    if trigger.where is not None:
        words = speech.gettext("Only those orders count for which it is true that %(condition)s.")
        yield words % {"condition": condition_words(speech, plan, trigger.where)}


WORDS = TriggerWords(_label, _sentences)

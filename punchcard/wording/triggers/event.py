"""`event` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import EventTrigger
from punchcard.wording.conditions import condition_words
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: EventTrigger) -> str:
    return speech.gettext("Event %(name)s") % {"name": trigger.name.replace("_", " ")}


def _sentences(speech: Speech, plan: Plan, trigger: EventTrigger) -> Iterator[str]:
    name = title_of(trigger.name)
    if trigger.once_per is None:
        words = speech.gettext("Each event “%(name)s” starts the campaign for the customer whom it names.")
    else:
        words = speech.gettext(
            "An event “%(name)s” starts the campaign for the customer whom it names, "
            "once for each value of its field “%(field)s”."
        )
    yield words % {"name": name, "field": title_of(trigger.once_per or "")}
    if trigger.where is not None:
        words = speech.gettext("Only those events count for which it is true that %(condition)s.")
        yield words % {"condition": condition_words(speech, plan, trigger.where)}


WORDS = TriggerWords(_label, _sentences)

"""`manual` in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from punchcard.plan.model import Plan
from punchcard.plan.triggers import Input, ManualTrigger
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: ManualTrigger) -> str:
    return speech.gettext("Started by hand")


def _sentences(speech: Speech, plan: Plan, trigger: ManualTrigger) -> Iterator[str]:
    yield speech.gettext(
        "Somebody starts it by hand for one customer: in the console, or through the API from other software."
    )
    if trigger.inputs:
        given = speech.both([_given(speech, each) for each in trigger.inputs])
        yield speech.gettext("Whoever starts it states: %(inputs)s.") % {"inputs": given}


def _given(speech: Speech, given: Input) -> str:
    words = speech.gettext("%(name)s (%(type)s)")
    return words % {"name": speech.quote(title_of(given.name)), "type": _type(speech, given)}


def _type(speech: Speech, given: Input) -> str:
    match given.type:
        case "text":
            return speech.gettext("a text")
        case "number":
            return speech.gettext("a number")
        case "amount":
            return speech.gettext("an amount of money")
        case "date":
            return speech.gettext("a date")
        case "flag":
            return speech.gettext("yes or no")
        case other:
            assert_never(other)


WORDS = TriggerWords(_label, _sentences)

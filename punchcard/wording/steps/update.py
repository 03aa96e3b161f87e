"""`update` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.conditions import Const, Expression, Field
from punchcard.plan.model import Plan, Update
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords


def _label(speech: Speech, plan: Plan, step: Update) -> Label:
    changes = _changes(speech, step)
    sentence = speech.gettext("Changes the customer: %(changes)s") % {"changes": changes}
    return Label(speech.gettext("Update"), changes, sentence)


def _clause(speech: Speech, plan: Plan, step: Update) -> str:
    return speech.gettext("then changes the customer: %(changes)s") % {"changes": _changes(speech, step)}


def _changes(speech: Speech, step: Update) -> str:
    return ", ".join(_each_change(speech, step))


def _each_change(speech: Speech, step: Update) -> Iterator[str]:
    for each in step.fields:
        yield f"{each.field.replace('_', ' ')} = {_value(speech, each.value)}"
    for tag in step.add_tags:
        yield speech.gettext("tag %(tag)s on") % {"tag": tag}
    for tag in step.remove_tags:
        yield speech.gettext("tag %(tag)s off") % {"tag": tag}


def _value(speech: Speech, value: Expression) -> str:
    match value:
        case Const(value=bool() as flag):
            return speech.pgettext("value", "yes") if flag else speech.pgettext("value", "no")
        case Const(value=int() | float() as number):
            return speech.number(number)
        case Const(value=text):
            return speech.quote(str(text))
        case Field():
            return value.key
        case _:
            raise AssertionError("a field is set to a value or a name")


WORDS = StepWords(_label, _clause)

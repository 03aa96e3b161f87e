"""`update` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.conditions import Const, Expression, Field
from punchcard.plan.model import Plan, Update
from punchcard.wording.conditions import value_words
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label, StepWords, undo_words


def _label(speech: Speech, plan: Plan, step: Update) -> Label:
    told = speech.both(list(_told(speech, plan, step)))
    sentence = speech.gettext("We note of the customer: %(changes)s") % {"changes": told}
    return Label(speech.gettext("Update"), _changes(speech, step), sentence)


def _told(speech: Speech, plan: Plan, step: Update) -> Iterator[str]:
    """Each change as a clause."""
    for each in step.fields:
        words = speech.gettext("%(field)s becomes %(value)s")
        value = _value(speech, each.value)
        if isinstance(each.value, Field):
            value = value_words(speech, plan, each.value)
        yield words % {"field": speech.quote(title_of(each.field)), "value": value}
    for tag in step.add_tags:
        yield speech.gettext("the tag %(tag)s is added") % {"tag": speech.quote(tag)}
    for tag in step.remove_tags:
        yield speech.gettext("the tag %(tag)s is removed") % {"tag": speech.quote(tag)}


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


def _way(speech: Speech, plan: Plan, step: Update, name: str) -> str:
    return undo_words(speech)


WORDS = StepWords(_label, _clause, _way)

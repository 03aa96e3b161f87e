"""The names of a place in words: what each is, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.authoring.editing.declared import declared_at
from punchcard.authoring.editing.measures import measures
from punchcard.authoring.editing.study import Name, Spot, Study
from punchcard.authoring.knowledge import main_of
from punchcard.language.audience import AUDIENCE_KIND, SEGMENT, SEGMENT_NAMES
from punchcard.language.experiments import SUCCESS
from punchcard.language.grammar import Kind
from punchcard.language.happenings import EVENT, EVENTS, known_events
from punchcard.language.keys import STOP_WHEN
from punchcard.language.kinds import CHOOSER, CONDITION, EXPIRY, MESSAGE_NAME, MOMENT
from punchcard.language.names import (
    IN_SEGMENT,
    QUESTIONS,
    SEGMENTS,
    WORDS,
    customers_own,
    in_condition,
    in_request,
    in_template,
)
from punchcard.language.nodes import Span
from punchcard.language.scope import Gift, Scope

# What a choice can go by.
CHOOSABLE = ("text", "whole", "any")


def kind_at(spot: Spot) -> object:
    """Return the kind of value that a spot asks for; a step's or trigger's value alone is its main argument."""
    if spot.argument is None:
        return None
    return (main_of(spot.argument) or spot.argument).kind


def names_at(study: Study, spot: Spot) -> list[Name]:
    """Return the names that can stand at a spot, by the kind of value that it asks for."""
    declared = declared_at(study, spot)
    if declared:
        return declared
    kind = kind_at(spot)
    scope = scope_at(study, spot)
    match kind:
        case Kind(name=CONDITION.name) if spot.trail[:1] == ("when",):
            known = _described(scope.facts, scope)
            return [*known, *_memberships(study)] if "customer.orders" in scope.facts else known
        case _ if kind is STOP_WHEN.kind:
            return [*_events(study, scope), *_described(in_condition(scope), scope)]
        case Kind() if kind == CHOOSER:
            fit = {name: each for name, each in in_condition(scope).items() if each in CHOOSABLE}
            chosen = Name(SEGMENTS, "the first of the branches' segments")
            return [*_described({**fit, **_questions("whole")}, scope), chosen]
        case Kind() if kind.name == CONDITION.name:
            return [*_described({**in_condition(scope), **_questions()}, scope), *_memberships(study)]
        case _ if kind in (AUDIENCE_KIND, SEGMENT_NAMES, SEGMENT):
            return segments(study)
        case _ if kind in (MOMENT, EXPIRY):
            moments = {name: word for name, word in in_condition(scope).items() if word == "moment"}
            return _described(moments, scope)
        case _ if kind in (EVENTS, EVENT):
            return _events(study, scope)
        case _ if kind is SUCCESS:
            counted = measures(study.seen.root, study.seen.events)
            return [Name(name, "an event that can be counted") for name in counted]
        case _ if kind is MESSAGE_NAME:
            return messages(study)
        case _:
            return _values_named(study, spot, scope)


def _values_named(study: Study, spot: Spot, scope: Scope) -> list[Name]:
    """Return the names whose values something takes: a field of the customer, an input, a request's body."""
    match spot.place:
        case (*_, "update", "set", field):
            kind = study.programme.customer_fields.get(field)
            fits = ("whole", "number") if kind == "number" else (kind,)
            return _described(
                {name: each for name, each in in_condition(scope).items() if each in fits}, scope
            )
        case (*_, "start", "with", _):
            return _described(in_condition(scope), scope)
        case (*_, "call", "body", _):
            return _described(in_request(scope), scope)
        case _:
            return []


def names_in_words(study: Study, spot: Spot) -> list[Name]:
    """Return the names that can stand between braces in the words of a step itself."""
    scope = scope_at(study, spot)
    match spot.place:
        case (*_, "task" | "approve", "do"):
            return _described(in_template(scope), scope)
        case (*_, "call", "url") | (*_, "call", "body", _):
            return _described(in_request(scope), scope)
        case _:
            return []


def segments(study: Study) -> list[Name]:
    """Return the programme's segments by their names, with their rules."""
    return [
        Name(name, f"{each.title or 'a segment'}: `{each.source}`")
        for name, each in study.programme.segments.items()
    ]


def _memberships(study: Study) -> list[Name]:
    """Return the questions whether the customer is in each segment."""
    return [Name(f'{IN_SEGMENT}("{each.name}")', each.says) for each in segments(study)]


def _questions(*kinds: str) -> dict[str, str]:
    """Return the questions about a span of time, with answers of these kinds or any."""
    return {
        f'{name}("90 days")': returned
        for name, (asked, returned) in QUESTIONS.items()
        if asked == "span" and (returned in kinds or not kinds)
    }


def scope_at(study: Study, spot: Spot) -> Scope:
    """Return what can be named at a spot: in a step, in a trigger's filter, or of a customer at the top."""
    offset = spot.scalar.span.start
    found = study.seen.filter_at(offset) or study.seen.scope_at(offset)
    return found or Scope(facts=MappingProxyType(customers_own(study.programme)))


def names_in_message(study: Study, message: str) -> list[Name]:
    """Return the names that a message can use wherever it is sent."""
    scope = study.scope_of_message(message) or Scope()
    return _described(in_template(scope), scope)


def messages(study: Study) -> list[Name]:
    """Return the campaign's messages by their names, with their subjects."""
    found = []
    for name, draft in (study.campaign or study).seen.messages.drafts.items():
        subject = next((words.subject.value for words in draft.words if words.subject), "")
        purpose = next((words.purpose for words in draft.words if words.purpose), "")
        found.append(
            Name(
                name,
                " · ".join(filter(None, (f"a {purpose} message" if purpose else "a message", subject))),
                draft.span,
            )
        )
    return found


def _events(study: Study, scope: Scope) -> list[Name]:
    names = [*known_events(scope), *(f"customer.{name}" for name in study.seen.events)]
    return [_name(name, "an event that can be waited for", scope) for name in dict.fromkeys(names)]


def _described(names: Mapping[str, str], scope: Scope) -> list[Name]:
    own = sorted(names.items(), key=lambda each: each[0].partition(".")[0] not in scope.made)
    return [_name(name, WORDS.get(kind, kind), scope) for name, kind in own]


def _name(name: str, says: str, scope: Scope) -> Name:
    made = scope.made.get(name.partition(".")[0])
    if made is None:
        return Name(name, says)
    return Name(name, f"{says}, of {_maker(made.span, isinstance(made, Gift))}", made.span)


def _maker(span: Span, gift: bool) -> str:
    """Return the step that makes it, as it is written: these are its terms."""
    line, _ = span.source.place(span.start)
    written = span.source.lines[line - 1].strip().removeprefix("- ")
    return f"the {'reward' if gift else 'answer'} of line {line}: `{written}`"

"""The names that conditions read, as nouns with the kind of their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

from punchcard.plan.conditions import Field, Value
from punchcard.plan.lookback import months_of
from punchcard.plan.model import AmountOff, Plan, ShareOff
from punchcard.plan.triggers import EventTrigger, ManualTrigger
from punchcard.wording.names import title_of
from punchcard.wording.speech import N_, Speech
from punchcard.wording.things import (
    calls_of,
    campaigns_of,
    of_the_reward,
    questions_of,
    rewards_of,
    the_answer,
    the_call,
)

Kind = Literal["money", "share", "moment", "date", "flag", "number", "text", "any"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A name of the campaign language as the subject of a sentence, and what kind of value it has."""

    words: str
    kind: Kind


KNOWN: Mapping[str, tuple[str, Kind]] = MappingProxyType(
    {
        "customer.first_name": (N_("the customer's first name"), "text"),
        "customer.last_name": (N_("the customer's last name"), "text"),
        "customer.email": (N_("the customer's e-mail address"), "text"),
        "customer.phone": (N_("the customer's telephone number"), "text"),
        "customer.language": (N_("the customer's language"), "text"),
        "customer.timezone": (N_("the customer's time zone"), "text"),
        "customer.orders": (N_("the number of the customer's orders"), "number"),
        "customer.spent": (N_("what the customer has spent"), "money"),
        "order.id": (N_("the order's number"), "text"),
        "order.amount": (N_("the amount of the order"), "money"),
        "order.currency": (N_("the currency of the order"), "text"),
        "order.occurred_at": (N_("the time of the order"), "moment"),
        "order.units": (N_("the number of items in the order"), "number"),
        "item.sku": (N_("the item's SKU"), "text"),
        "item.price": (N_("the price of the unit"), "money"),
        "order.status": (N_("the status of the order"), "text"),
        "batch.count": (N_("the number of what was gathered"), "number"),
        "batch.amount": (N_("the sum of what was gathered"), "money"),
        "occasion.occurred_at": (N_("the time of the occasion"), "moment"),
        "occasion.years": (N_("the number of years"), "number"),
        "occasion.birthday": (N_("the time of the birthday"), "moment"),
        "occasion.anniversary": (N_("the time of the anniversary"), "moment"),
        "round.number": (N_("the number of the round"), "number"),
        "occasion.ordinal": (N_("the number of the occasion"), "number"),
        "customer.birthday": (N_("the customer's birthday"), "date"),
        "given.expires": (N_("the end of the reward"), "moment"),
        "given.redeemed_at": (N_("the time of the redemption"), "moment"),
        "given.campaign": (N_("the campaign that gave it"), "text"),
    }
)
# Questions to the facts, over a span of time.
WITHIN: Mapping[str, tuple[str, Kind]] = MappingProxyType(
    {
        "customer.orders_within": (N_("the number of the customer's orders in the last %(span)s"), "number"),
        "customer.spent_within": (N_("what the customer has spent in the last %(span)s"), "money"),
    }
)
# The same over one month or one year.
WITHIN_ONE: Mapping[tuple[str, int], str] = MappingProxyType(
    {
        ("customer.orders_within", 1): N_("the number of the customer's orders in the last month"),
        ("customer.orders_within", 12): N_("the number of the customer's orders in the last year"),
        ("customer.spent_within", 1): N_("what the customer has spent in the last month"),
        ("customer.spent_within", 12): N_("what the customer has spent in the last year"),
    }
)
OF_A_REWARD: Mapping[str, str] = MappingProxyType(
    {
        "expires": N_("the expiry of %(reward)s"),
        "value": N_("the value of %(reward)s"),
        "uses_left": N_("the number of uses left of %(reward)s"),
    }
)


def noun(speech: Speech, plan: Plan, field: Field) -> Noun:
    """Return what a field is called; one that no table knows is said in quotes, as it is written."""
    name = ".".join(field.path)
    owner, rest = field.path[0], title_of(" ".join(field.path[1:]))
    if name in KNOWN:
        words, kind = KNOWN[name]
        return Noun(speech.gettext(words), kind)
    if name in WITHIN and field.arguments:
        return _within(speech, name, field.arguments[0])
    if owner in rewards_of(plan) and field.path[-1] in OF_A_REWARD:
        return _of_a_reward(speech, plan, field)
    if owner in questions_of(plan):
        return Noun(the_answer(speech, plan, owner), "any")
    if owner in campaigns_of(plan) and field.path[-1] == "outcome":
        name = title_of(campaigns_of(plan)[owner])
        return Noun(speech.gettext("the end of the campaign “%(campaign)s”") % {"campaign": name}, "text")
    if owner in calls_of(plan):
        words = speech.gettext("%(field)s, which %(call)s returned")
        kind = calls_of(plan)[owner].get(field.path[-1], "text")
        field_name = speech.quote(field.path[-1].replace("_", " "))
        return Noun(words % {"field": field_name, "call": the_call(speech, owner)}, kind)
    match owner:
        case "inputs":
            return Noun(speech.quote(rest), _input_kind(plan, field.path[-1]))
        case "event":
            words = speech.gettext("the event's %(field)s") % {"field": speech.quote(rest)}
            return Noun(words, _event_kind(plan, field.path[-1]))
        case "order":
            return Noun(speech.gettext("the order's %(field)s") % {"field": speech.quote(rest)}, _own(field))
        case "customer":
            return Noun(
                speech.gettext("the customer's %(field)s") % {"field": speech.quote(rest)}, _own(field)
            )
        case _:
            return Noun(speech.quote(name), "any")


def _own(field: Field) -> Kind:
    """The kind of a field of the shop's own, as the programme declares it."""
    return cast("Kind", field.type) if field.type in get_args(Kind) else "any"


def _within(speech: Speech, name: str, back: Value) -> Noun:
    words, kind = WITHIN[name]
    months = months_of(back)
    if months is None:
        return Noun(speech.gettext(words) % {"span": speech.span(int(str(back)))}, kind)
    if (name, months) in WITHIN_ONE:
        return Noun(speech.gettext(WITHIN_ONE[name, months]), kind)
    return Noun(speech.gettext(words) % {"span": speech.months(months)}, kind)


def _of_a_reward(speech: Speech, plan: Plan, field: Field) -> Noun:
    owner, key = field.path[0], field.path[-1]
    words = speech.gettext(OF_A_REWARD[key]) % {"reward": of_the_reward(speech, plan, owner)}
    if key != "value":
        return Noun(words, "moment" if key == "expires" else "number")
    match rewards_of(plan)[owner]:
        case ShareOff():
            return Noun(words, "share")
        case AmountOff():
            return Noun(words, "money")
        case _:
            return Noun(words, "any")


def _event_kind(plan: Plan, name: str) -> Kind:
    is_money = isinstance(plan.trigger, EventTrigger) and name in plan.trigger.money
    return "money" if is_money else "any"


def _input_kind(plan: Plan, name: str) -> Kind:
    if not isinstance(plan.trigger, ManualTrigger):
        return "any"
    for given in plan.trigger.inputs:
        if given.name == name:
            return "money" if given.type == "amount" else given.type
    return "any"

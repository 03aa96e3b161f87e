"""The names that conditions, templates and waits may use, each with its type, derived from the scope."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language.programme import Programme
from punchcard.language.scope import Called, Errand, Gift, Made, Onward, Reply, Scope
from punchcard.plan.model import (
    AmountOff,
    FreeItem,
    FreeShipping,
    FreeText,
    Offer,
    Present,
    Scale,
    ShareOff,
)
from punchcard.plan.order_facts import ORDER_FACTS

# Types: text, whole (number), number, money, share, moment, date, flag, any, list text.
CUSTOMER: Mapping[str, str] = MappingProxyType(
    {
        "customer.first_name": "text",
        "customer.last_name": "text",
        "customer.email": "text",
        "customer.phone": "text",
        "customer.language": "text",
        "customer.timezone": "text",
        "customer.birthday": "date",
    }
)
FACTS: Mapping[str, str] = MappingProxyType(
    {
        "customer.orders": "whole",
        "customer.spent": "money",
        "customer.tags": "list text",
    }
)
# What people write who think of segments as a list, and the question that they mean.
SEGMENTS, IN_SEGMENT = "customer.segments", "customer.in_segment"
# Questions to the facts, with the type of their argument in quotes and of their answer.
QUESTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "customer.orders_within": ("span", "whole"),
        "customer.spent_within": ("span", "money"),
        IN_SEGMENT: ("segment", "flag"),
    }
)
ORDER: Mapping[str, str] = MappingProxyType(
    {"order.id": "text", "order.amount": "money", "order.currency": "text", "order.occurred_at": "moment"}
)
# What has happened to this order: facts in conditions, and events that can be waited for.
ORDER_FACT_TYPES: Mapping[str, str] = MappingProxyType(dict.fromkeys(ORDER_FACTS, "flag"))
ORDER_IN_WHERE: Mapping[str, str] = MappingProxyType(
    {**ORDER, "order.units": "whole", "order.status": "text"}
)
OCCASION: Mapping[str, str] = MappingProxyType({"occasion.occurred_at": "moment"})
COUNTED: Mapping[str, str] = MappingProxyType({**OCCASION, "occasion.ordinal": "whole"})

# What an occasion of the trigger `reward` knows of the reward; its code is for messages only.
EXPIRING: Mapping[str, str] = MappingProxyType(
    {**OCCASION, "given.expires": "moment", "given.campaign": "text"}
)
REDEEMED: Mapping[str, str] = MappingProxyType(
    {**OCCASION, "given.redeemed_at": "moment", "given.campaign": "text"}
)
FOR_MESSAGES: Mapping[str, str] = MappingProxyType({"given.code": "text"})
# The day that is celebrated this year, at the trigger's time of day.
BIRTHDAY: Mapping[str, str] = MappingProxyType({**OCCASION, "occasion.birthday": "moment"})
ANNIVERSARY: Mapping[str, str] = MappingProxyType(
    {**OCCASION, "occasion.anniversary": "moment", "occasion.years": "whole"}
)

GIFT: Mapping[str, str] = MappingProxyType(
    {"redeemed": "flag", "expires": "moment", "value": "any", "code": "text"}
)
# What is known besides of a reward whose code is for several orders.
FOR_ORDERS: Mapping[str, str] = MappingProxyType({"used_up": "flag", "uses_left": "whole"})
REPLY: Mapping[str, str] = MappingProxyType({"answered": "flag", "answer": "text"})
TASK: Mapping[str, str] = MappingProxyType({"done": "flag"})
CALL: Mapping[str, str] = MappingProxyType({"failed": "flag", "error": "text"})
APPROVAL: Mapping[str, str] = MappingProxyType({"decided": "flag", "approved": "flag"})

ONWARD: Mapping[str, str] = MappingProxyType({"ended": "flag", "outcome": "text"})

ROUND: Mapping[str, str] = MappingProxyType({"round.number": "whole"})

RESERVED = frozenset(
    {"customer", "order", "event", "inputs", "occasion", "campaign", "programme", "batch", "friend", "round"}
    | {
        "given",
        "tier",
        "segment",
        "points",
        "true",
        "false",
        "null",
        "none",
        "and",
        "or",
        "not",
        "in",
        "if",
        "else",
        "for",
    }
)

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "a text",
        "whole": "a number",
        "number": "a number",
        "money": "an amount of money",
        "share": "a share",
        "moment": "a point in time",
        "date": "a date",
        "flag": "a yes or no",
        "any": "an undeclared value",
        "list text": "a list of texts",
    }
)


def gathered(facts: Mapping[str, str]) -> dict[str, str]:
    """Return what a digest's batch lets a campaign name, instead of what one occasion does."""
    kept = {name: kind for name, kind in facts.items() if name.startswith("customer.")}
    amount = {"batch.amount": "money"} if "order.amount" in facts or "order" in facts else {}
    return {**kept, **OCCASION, "batch.count": "whole", **amount, "batch.items": "any"}


def customers_own(programme: Programme) -> dict[str, str]:
    """Return what the programme declares of its customers, as `customer.favourite_store` → type."""
    return {f"customer.{name}": kind for name, kind in programme.customer_fields.items()}


def orders_own(programme: Programme) -> dict[str, str]:
    """Return what the programme declares of orders, as `order.channel` → type."""
    return {f"order.{name}": kind for name, kind in programme.order_fields.items()}


def in_condition(scope: Scope) -> dict[str, str]:
    """Return what a step's condition may name: codes and free texts are for people, not for comparing."""
    made = {
        f"{name}.{key}": kind
        for name, each in scope.made.items()
        for key, kind in fields_of(each).items()
        if not for_people(each, key)
    }
    happened = ORDER_FACT_TYPES if has_order(scope) else {}
    return {**CUSTOMER, **FACTS, **scope.facts, **happened, **made}


def has_order(scope: Scope) -> bool:
    """Whether the occasion has an order of its own."""
    return "order.id" in scope.facts


def in_template(scope: Scope) -> dict[str, str]:
    """Return what a message may name, where it is sent; how a campaign ended is for deciding which one that is."""
    made = {
        f"{name}.{key}": kind
        for name, each in scope.made.items()
        if not isinstance(each, Onward)
        for key, kind in fields_of(each).items()
    }
    codes = FOR_MESSAGES if "given.campaign" in scope.facts else {}
    return {**CUSTOMER, **scope.facts, **codes, **made}


def in_request(scope: Scope) -> dict[str, str]:
    """Return what a call may hand over: what conditions may name, and the codes of rewards."""
    codes = {f"{name}.code": "text" for name, made in scope.made.items() if isinstance(made, Gift)}
    return {**in_condition(scope), **codes}


def for_people(made: Made, key: str) -> bool:
    """Whether a field can stand in messages only: an instance never learns it."""
    match made:
        case Gift():
            return key in ("code", "item", "gift")
        case Reply(shape=shape):
            return key == "answer" and isinstance(shape, FreeText)
        case Errand() | Onward() | Called():
            return False


def _worth(offer: Offer | None) -> dict[str, str]:
    """Return by what names a reward's worth is known; of one that differs by the way, the value alone."""
    match offer:
        case ShareOff():
            return {"value": "share"}
        case AmountOff():
            return {"value": "money"}
        case FreeItem():
            return {"item": "text"}
        case Present():
            return {"gift": "text"}
        case FreeShipping():
            return {}
        case None:
            return {"value": "any"}


def fields_of(made: Made) -> dict[str, str]:
    """Return the fields of what a step has made, with their types."""
    match made:
        case Gift(offer=offer, expires=expires, unread=unread, orders=orders):
            fields = {**GIFT, **(FOR_ORDERS if orders > 1 else {})}
            fields = {**{key: each for key, each in fields.items() if key != "value"}, **_worth(offer)}
            if expires is None and not unread:
                del fields["expires"]
            return fields
        case Reply(shape=shape):
            answer = "any" if shape is None else "whole" if isinstance(shape, Scale) else "text"
            return {**REPLY, "answer": answer}
        case Errand(kind=kind):
            return dict(TASK if kind == "task" else APPROVAL)
        case Onward():
            return dict(ONWARD)
        case Called(returns=returns, unread=unread_fields):
            return {
                **CALL,
                **dict.fromkeys(unread_fields, "any"),
                **{each.name: each.type for each in returns},
            }

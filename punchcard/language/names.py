"""The names that conditions, templates and waits may use, each with its type, derived from the scope."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language.scope import Gift, Made, Reply, Scope
from punchcard.plan.model import AmountOff, Scale, ShareOff

# Types: text, whole (number), number, money, share, moment, date, flag, list, any.
CUSTOMER: Mapping[str, str] = MappingProxyType(
    {
        "customer.first_name": "text",
        "customer.last_name": "text",
        "customer.email": "text",
        "customer.language": "text",
        "customer.timezone": "text",
        "customer.phone": "text",
    }
)
FACTS: Mapping[str, str] = MappingProxyType({"customer.orders": "whole", "customer.spent": "money"})
FACT_QUESTIONS: Mapping[str, tuple[str, str]] = MappingProxyType({"customer.spent_within": ("span", "money")})
ORDER: Mapping[str, str] = MappingProxyType(
    {"order.id": "text", "order.amount": "money", "order.currency": "text"}
)
OCCASION: Mapping[str, str] = MappingProxyType({"occasion.ordinal": "whole"})

GIFT: Mapping[str, str] = MappingProxyType(
    {"redeemed": "flag", "revoked": "flag", "expires": "moment", "value": "money", "code": "text"}
)
REPLY: Mapping[str, str] = MappingProxyType({"answered": "flag", "answer": "text"})

RESERVED = frozenset(
    {
        "customer",
        "order",
        "event",
        "inputs",
        "occasion",
        "campaign",
        "programme",
        "batch",
        "friend",
        "tier",
        "segment",
        "points",
        "true",
        "false",
        "null",
        "and",
        "or",
        "not",
        "in",
        "loop",
        "if",
        "else",
        "for",
        "none",
    }
)

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text",
        "whole": "a number",
        "number": "a number",
        "money": "an amount of money",
        "share": "a share",
        "moment": "a point in time",
        "date": "a date",
        "flag": "a yes or no",
        "any": "an undeclared value",
    }
)


def in_condition(scope: Scope) -> dict[str, str]:
    """Return what a condition of a step may name: the code of a reward is not for comparing."""
    names = {**CUSTOMER, **FACTS, **OCCASION, **scope.facts, **_of_made(scope.made)}
    return {name: kind for name, kind in names.items() if not _is_code(name, scope.made)}


def in_where(scope: Scope) -> dict[str, str]:
    """Return what a trigger's `where` may name: the fields of what it filters."""
    return dict(scope.facts)


def in_template(scope: Scope) -> dict[str, str]:
    """Return what a message may name, where it is sent."""
    return {**CUSTOMER, **OCCASION, **scope.facts, **_of_made(scope.made)}


def _is_code(name: str, made: Mapping[str, Made]) -> bool:
    owner, _, key = name.partition(".")
    return key == "code" and owner in made


def _of_made(made: Mapping[str, Made]) -> dict[str, str]:
    return {f"{name}.{key}": kind for name, each in made.items() for key, kind in fields_of(each).items()}


def fields_of(made: Made) -> dict[str, str]:
    """Return the fields of a reward or an answer with their types."""
    match made:
        case Gift(offer=offer, expires=expires):
            fields = dict(GIFT)
            fields["value"] = (
                "share" if isinstance(offer, ShareOff) else "money" if isinstance(offer, AmountOff) else "any"
            )
            if expires is None:
                del fields["expires"]
            return fields
        case Reply(shape=shape):
            return {**REPLY, "answer": "whole" if isinstance(shape, Scale) else "text"}

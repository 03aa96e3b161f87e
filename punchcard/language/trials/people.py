"""The customer of a case: who they are, what they agree to, and on which side of the holdout they stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from punchcard.language.arguments import read_fields
from punchcard.language.grammar import Argument, Context, Fields, Kind, Many
from punchcard.language.kinds import DATE, EMAIL, IDENTIFIER, LANGUAGE, TEXT, TIMEZONE, YES_NO, items, scalar
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node, Scalar
from punchcard.language.trials.model import Person
from punchcard.language.trials.values import VALUES, plain, typed
from punchcard.language.trials.variants import VARIANTS, variants_of
from punchcard.plan.model import Plan

T = TypeVar("T")

NONE = "none"
MARKETING = Argument("marketing", YES_NO, "agrees to advertising by e-mail", default="yes")
TRANSACTIONAL = Argument("transactional", YES_NO, "agrees to service e-mails", default="nothing is known")
CONSENTS = (MARKETING, TRANSACTIONAL)


def _consents(node: Node, context: Context) -> Mapping[str, bool] | None:
    fields = read_fields("`consents`", node, CONSENTS, context, head=node.span)
    found = {each.name: fields.get(each) for each in CONSENTS}
    return MappingProxyType({name: said for name, said in found.items() if said is not None})


def _keys(node: Node, context: Context) -> tuple[Scalar, ...] | None:
    found = [scalar(item, context, "a key such as birthday") for item in items(node)]
    return None if None in found else tuple(each for each in found if each is not None)


PROFILE: tuple[Argument[str], ...] = (
    Argument("first_name", TEXT, "first name", default="Ann"),
    Argument("last_name", TEXT, "last name", default="nothing is known"),
    Argument("email", EMAIL, "e-mail address", default="ann@example.com"),
    Argument("phone", TEXT, "telephone number", default="nothing is known"),
    Argument("language", LANGUAGE, "language", default="the campaign's"),
    Argument("birthday", DATE, "date of birth", default="nothing is known"),
    Argument(
        "timezone", TIMEZONE, "time zone; the times of a case are local to it", default="the campaign's"
    ),
)
SAYS = Argument(
    "consents",
    Kind("consents", ("{marketing: no}",), _consents),
    "what the customer agrees to",
    default="{marketing: yes}",
)
ATTRIBUTES = Argument(
    "attributes",
    VALUES,
    "what else the shop knows; where the programme has `customer_fields`, these and no others",
    default="nothing",
)
PERSON: tuple[Argument[Any], ...] = (*PROFILE, SAYS, ATTRIBUTES)
WITHOUT: Argument[tuple[Scalar, ...]] = Argument(
    "without",
    Kind("one or several keys", ("email", "birthday"), _keys, shape=Many(IDENTIFIER, alone=True)),
    "keys of which nothing is known, whatever the file says of all: of the profile, the consents or the attributes",
    default="none",
)
HELD_OUT = Argument("held_out", YES_NO, "is one of the holdout", default="no")
CUSTOMER: tuple[Argument[Any], ...] = (*PERSON, WITHOUT, HELD_OUT, VARIANTS)


def person(fields: Fields, context: Context) -> Person:
    """Return what was written of a person; where the programme declares customer fields, there are no others."""
    declared = context.programme.customer_fields
    given = fields.get(ATTRIBUTES)
    profile = {each.name: found for each in PROFILE if (found := fields.get(each)) is not None}
    return Person(
        MappingProxyType(profile),
        typed(given, declared, "the customer", context) if declared else plain(given),
        fields.get(SAYS) or MappingProxyType({}),
        fields.get(HELD_OUT) is True,
    )


def customer(fields: Fields, common: Person, plan: Plan, context: Context) -> Person:
    """Return a case's customer: what the file says of all, and what the case says of this one."""
    own = person(fields, context)
    known = Person(
        {**common.profile, **own.profile},
        {**common.attributes, **own.attributes},
        {**common.consents, **own.consents},
    )
    unknown = _unknown(fields, known, context)
    return Person(
        _less(known.profile, unknown),
        _less(known.attributes, unknown),
        _less(known.consents, unknown),
        own.held_out if fields.has(HELD_OUT) else common.held_out,
        MappingProxyType({**common.variants, **variants_of(fields, plan, context)}),
    )


def _unknown(fields: Fields, known: Person, context: Context) -> frozenset[str]:
    """Return the keys of which nothing is known; one that no customer has is a mistake."""
    possible = (
        *(each.name for each in PROFILE),
        *(each.name for each in CONSENTS),
        *dict.fromkeys((*context.programme.customer_fields, *known.attributes)),
    )
    for each in fields.get(WITHOUT) or ():
        if each.value not in possible:
            context.findings.add(
                "PC2005",
                each.span,
                f"the customer has no `{each.value}`",
                expected=listed(possible),
                suggestion=nearest(each.value, possible),
            )
    return frozenset(each.value for each in fields.get(WITHOUT) or ())


def _less(known: Mapping[str, T], names: frozenset[str]) -> Mapping[str, T]:
    return MappingProxyType({name: value for name, value in known.items() if name not in names})


ANYBODY = Person(
    MappingProxyType({"first_name": "Ann", "email": "ann@example.com"}),
    consents=MappingProxyType({"marketing": True}),
)

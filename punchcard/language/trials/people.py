"""The customer of a case: who they are, what they agree to, and on which side of the holdout they stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from punchcard.language.arguments import read_fields
from punchcard.language.grammar import Argument, Context, Fields, Kind
from punchcard.language.kinds import DATE, EMAIL, LANGUAGE, TEXT, TIMEZONE, YES_NO
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node
from punchcard.language.trials.model import Person
from punchcard.language.trials.values import VALUES, plain, scalars, typed
from punchcard.plan.model import Plan, Split, walk

NONE = "none"
MARKETING = Argument("marketing", YES_NO, "agrees to advertising by e-mail", default="yes")
TRANSACTIONAL = Argument("transactional", YES_NO, "agrees to service e-mails", default="nothing is known")
CONSENTS = (MARKETING, TRANSACTIONAL)


def _consents(node: Node, context: Context) -> Mapping[str, bool] | None:
    fields = read_fields("`consents`", node, CONSENTS, context, head=node.span)
    found = {each.name: fields.get(each) for each in CONSENTS}
    return MappingProxyType({name: said for name, said in found.items() if said is not None})


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
NO_EMAIL = Argument("without_email", YES_NO, "has no e-mail address", default="no")
HELD_OUT = Argument("held_out", YES_NO, "is one of the holdout", default="no")
VARIANTS = Argument(
    "variants",
    Kind("variants of a `split` by its `id`", ("{tone: personal}",), scalars),
    "on which variants the customer falls",
    default="any",
)
CUSTOMER: tuple[Argument[Any], ...] = (*PERSON, NO_EMAIL, HELD_OUT, VARIANTS)


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
    profile = {**common.profile, **own.profile}
    if fields.get(NO_EMAIL) is True:
        profile.pop("email", None)
    return Person(
        MappingProxyType(profile),
        MappingProxyType({**common.attributes, **own.attributes}),
        MappingProxyType({**common.consents, **own.consents}),
        own.held_out if fields.has(HELD_OUT) else common.held_out,
        MappingProxyType({**common.variants, **_variants(fields, plan, context)}),
    )


def _variants(fields: Fields, plan: Plan, context: Context) -> dict[str, str]:
    """Return the variants that were written and that the campaign has; the others are mistakes."""
    experiments = {
        step.experiment: tuple(step.shares) for step in walk(plan.steps) if isinstance(step, Split)
    }
    found: dict[str, str] = {}
    for name, each in (fields.get(VARIANTS) or {}).items():
        known = experiments.get(name)
        if known is not None and each.value in known:
            found[name] = each.value
            continue
        context.findings.add(
            "PC2005",
            each.span,
            f"there is no `split` called `{name}`"
            if known is None
            else f"`{name}` has no variant `{each.value}`",
            expected=listed(experiments if known is None else known) or "a campaign with a `split`",
            suggestion=nearest(each.value, known) if known is not None else None,
        )
    return found


ANYBODY = Person(
    MappingProxyType({"first_name": "Ann", "email": "ann@example.com"}),
    consents=MappingProxyType({"marketing": True}),
)

"""Triggers whose facts come with the loyalty modules: read and checked like the others, and refused for now."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import AMOUNT, COUNT, ELAPSED, IDENTIFIER, YES_NO, one_of
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO

ANYTHING = Scope(
    facts=MappingProxyType(dict.fromkeys(("order", "points", "tier", "friend", "occasion"), "any"))
)


def _names(fields: Fields, context: Context) -> Scope:
    """What such an occasion knows is not settled before its facts are."""
    return ANYTHING


def _nothing(fields: Fields, context: Context) -> None:
    """There is no plan of it yet."""


def _one_of(fields: Fields, context: Context, *arguments: Argument[Any]) -> None:
    """Say so unless exactly one of the arguments is there."""
    given = [each for each in arguments if fields.has(each)]
    if len(given) != 1:
        span = fields.entries[given[1].name].key.span if given else fields.span
        message = "these exclude each other" if given else "this does not say when"
        expected = "one of " + ", ".join(f"`{each.name}`" for each in arguments)
        context.findings.add("PC1103", span, message, expected=expected)


REACH = Argument("reach", COUNT, "when the balance reaches so many", default="one of the three must be given")
CHANGED = Argument("changed", YES_NO, "whenever it changes", default="no")
EXPIRE_IN = Argument("expire_in", ELAPSED, "so long before points expire", default="never")


def _points(fields: Fields, context: Context) -> None:
    _one_of(fields, context, REACH, CHANGED, EXPIRE_IN)


POINTS = TriggerRow(
    name="points",
    says="The customer's balance of points reaches a number, changes, or is about to lose some.",
    arguments=(REACH, CHANGED, EXPIRE_IN, WHO),
    names=_names,
    filtered=CUSTOMERS,
    build=_points,
    example="when:\n  points: {reach: 1000}",
)

REACHES = Argument("reaches", IDENTIFIER, "when it is reached", default="one of the three must be given")
DROPS = Argument("drops_below", IDENTIFIER, "when it is lost", default="never")
MAY_DROP = Argument("may_drop_below", IDENTIFIER, "when it is about to be lost", default="never")
IN = Argument("in", ELAPSED, "with `may_drop_below`, how long before", default="must be given there")


def _tier(fields: Fields, context: Context) -> None:
    _one_of(fields, context, REACHES, DROPS, MAY_DROP)
    if fields.has(IN) != fields.has(MAY_DROP):
        span = fields.entries["in" if fields.has(IN) else "may_drop_below"].key.span
        context.findings.add(
            "PC1103",
            span,
            "`may_drop_below` and `in` belong together",
            expected="{may_drop_below: gold, in: 30 days}",
        )


TIER = TriggerRow(
    name="tier",
    says="The customer reaches a tier, drops below it, or may do so soon.",
    arguments=(REACHES, DROPS, MAY_DROP, IN, WHO),
    main="reaches",
    names=_names,
    filtered=CUSTOMERS,
    build=_tier,
    example="when:\n  tier: {may_drop_below: gold, in: 30 days}",
)

WHICH = Argument("order", one_of("first", "each"), "which of the friend's orders", default="first")
OVER = Argument("over", AMOUNT, "only orders of more than this amount count", default="any amount")
REFERRAL = TriggerRow(
    name="referral",
    says="A friend whom the customer has referred has ordered; `customer` is who referred, `friend` who ordered.",
    arguments=(WHICH, OVER),
    main="order",
    names=_names,
    build=_nothing,
    example="when:\n  referral: {over: 50}",
)

AWAITED: tuple[TriggerRow, ...] = (POINTS, TIER, REFERRAL)

"""Boundaries of what units earn: by how many were bought, whatever the orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.plan.conditions import Apply, Const, Expression, Field
from punchcard.plan.model import Plan
from punchcard.plan.triggers import ItemsTrigger
from punchcard.trial.boundaries.boundary import MINUTE, Boundary, Posted, odd_instants, room

# A unit's price in minor units.
PRICE = 500


def of_items(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `items`."""
    trigger = plan.trigger
    assert isinstance(trigger, ItemsTrigger)
    every = trigger.every
    yield _bought(plan, "one unit too few", [every - 1] if every > 1 else [])
    yield _bought(plan, "as many units as it takes, in one order", [every])
    yield _bought(plan, "as many, a unit an order", [1] * every)
    yield _bought(plan, "twice as many and one, the rest carried over", [2 * every - 1, 2])
    earned = _bought(plan, "", [every])
    refund = Posted("refund", {"order": "o-1", "lines": [{"id": "1", "quantity": 1}]}, "refund-1", 9 * MINUTE)
    yield replace(
        earned,
        name="a unit returned",
        posted=(*earned.posted, refund),
        standing=(every - 1) // every,
        arisen=None,
    )
    again = Posted("order", _order(plan, 1), "again", 10 * MINUTE)
    yield replace(
        earned, name="a unit returned, and bought again", posted=(*earned.posted, refund, again), arisen=None
    )
    free = replace(earned.posted[0], data=_order(plan, every, paid=0))
    yield replace(earned, name="free units", posted=(free,), standing=0, arisen=0, started=0)
    yield replace(earned, name="the same order twice", posted=(*earned.posted, *earned.posted))
    for name, begins in odd_instants(plan):
        yield replace(earned, name=f"earned {name}", begins=begins)
    if plan.holdout:
        yield replace(earned, name="a customer who is held out", held_out=True, started=0)
    most = room(plan.limit)
    if most < 100 and not plan.once:
        over = _bought(plan, "once more than the limit allows", [every] * (most + 1))
        yield replace(over, started=most if plan.audience is None and plan.again is None else None)


def _bought(plan: Plan, name: str, units: Sequence[int]) -> Boundary:
    trigger = plan.trigger
    assert isinstance(trigger, ItemsTrigger)
    posted = tuple(
        Posted("order", _order(plan, count), f"o-{place}", place * 1000)
        for place, count in enumerate(units, start=1)
    )
    standing = sum(units) // trigger.every
    standing = min(standing, 1) if plan.once else standing
    conditional = trigger.where is not None and _sku(trigger.where) is None
    return Boundary(name, posted, standing, arisen=standing, conditional=conditional)


def _order(plan: Plan, units: int, paid: int = PRICE) -> dict[str, Any]:
    """An order of the item that the trigger takes; what is free by its line may cost something in all."""
    trigger = plan.trigger
    assert isinstance(trigger, ItemsTrigger)
    line = {
        "id": "1",
        "sku": _sku(trigger.where) or "any",
        "quantity": units,
        "amount": _money(plan, units * paid),
    }
    return {"amount": _money(plan, units * PRICE), "status": "paid", "lines": [line]}


def _money(plan: Plan, minor: int) -> dict[str, str]:
    return {"amount": to_amount(minor, plan.currency), "currency": plan.currency}


def _sku(where: Expression | None) -> str | None:
    """The SKU that a filter names; None where it does not decide by one alone."""
    match where:
        case Apply(operator="==", operands=(Field(path=("item", "sku")), Const(value=str(sku)))):
            return sku
        case Apply(operator="in", operands=(Field(path=("item", "sku")), Const(value=(str(sku), *_)))):
            return sku
        case _:
            return None

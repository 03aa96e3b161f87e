"""Boundaries of named events, and of campaigns that are started by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from punchcard.domain.json_schemas import is_money
from punchcard.plan.model import Plan
from punchcard.plan.triggers import EventTrigger, ManualTrigger
from punchcard.router.qualifying import why_event_fits_not
from punchcard.trial.boundaries.boundary import Boundary, Posted, odd_instants, room

# A value of each type that a JSON Schema names; of numbers, the smallest that it allows.
_VALUES: Mapping[str, Any] = {
    "string": "a",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "array": [],
    "object": {},
}
_INPUTS: Mapping[str, Any] = {"text": "a", "number": 1, "date": "2026-05-04", "flag": True}


def of_events(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `event`; nothing where no event that its filter takes is found in its schema."""
    trigger = plan.trigger
    assert isinstance(trigger, EventTrigger)
    samples = _samples(schemas.get(trigger.name, {}), plan.currency)
    data = next((each for each in samples if why_event_fits_not(plan, trigger.name, each) is None), None)
    if data is None:
        return
    first = Posted(trigger.name, data, "e-1")
    once = Boundary("an event", (first,), 1, arisen=1)
    yield once
    yield replace(once, name="the same event twice", posted=(first, first))
    other = replace(first, id="e-2", after=1000)
    same = trigger.once_per is not None
    yield replace(
        once,
        name=f"another event of the same {trigger.once_per}" if same else "another event like it",
        posted=(first, other),
        standing=1 if same else 2,
        arisen=1 if same else 2,
    )
    for name, begins in odd_instants(plan):
        yield replace(once, name=f"an event {name}", begins=begins)
    if plan.holdout:
        yield replace(once, name="a customer who is held out", held_out=True, started=0)
    most = room(plan.limit)
    if not same and most < 100:
        posted = tuple(replace(first, id=f"e-{n}", after=n) for n in range(most + 1))
        started = most if plan.audience is None and plan.again is None else None
        yield Boundary("once more than the limit allows", posted, most + 1, arisen=most + 1, started=started)


def by_hand(plan: Plan, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[Boundary]:
    """Derive the boundaries of `manual`."""
    trigger = plan.trigger
    assert isinstance(trigger, ManualTrigger)
    money = {"amount": "1", "currency": plan.currency}
    inputs = {each.name: money if each.type == "amount" else _INPUTS[each.type] for each in trigger.inputs}
    once = Boundary("started by hand", (), 1, arisen=1, by_hand=(("w-1", inputs),))
    yield once
    yield replace(once, name="the same request twice", by_hand=(("w-1", inputs), ("w-1", inputs)))
    yield replace(once, name="two requests", by_hand=(("w-1", inputs), ("w-2", inputs)), standing=2, arisen=2)
    most = room(plan.limit)
    if most < 100:
        wishes = tuple((f"w-{number}", inputs) for number in range(most + 1))
        started = most if plan.audience is None and plan.again is None else None
        name = "once more than the limit allows"
        yield Boundary(name, (), most + 1, arisen=most + 1, started=started, by_hand=wishes)


def _samples(schema: Mapping[str, Any], currency: str) -> Iterator[dict[str, Any]]:
    """Yield events that fit a simple schema: with the smallest values, and with the largest."""
    for bound, amount in (("minimum", "1"), ("maximum", "1000000")):
        yield {
            name: {"amount": amount, "currency": currency} if is_money(field) else _value(field, bound)
            for name, field in schema.get("properties", {}).items()
        }


def _value(field: Mapping[str, Any], bound: str) -> Any:
    if "enum" in field:
        return field["enum"][0 if bound == "minimum" else -1]
    return field.get(bound, field.get("const", _VALUES.get(str(field.get("type")), "a")))

"""Made-up values for a campaign's messages: what each looks like before any customer gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.messages.inspection import ITEM, Variable, variables
from punchcard.messages.money import Money
from punchcard.plan.calendar import to_datetime
from punchcard.plan.model import (
    AmountOff,
    Approve,
    Ask,
    Choice,
    FreeItem,
    FreeShipping,
    FreeText,
    Plan,
    Present,
    Reward,
    Scale,
    ShareOff,
    Task,
    walk,
)
from punchcard.plan.triggers import EventTrigger, ManualTrigger

CODE = "NX7K-4GTP-W9CR"
A_MONTH = timedelta(days=30)
SOME_MONEY = 4_900


@dataclass(frozen=True, slots=True)
class Sample:
    """Whose values: those of a plan's occasion, as if it were now; `customer` is put over the made-up one."""

    plan: Plan
    now: int
    customer: Mapping[str, object] = field(default_factory=dict)


def sample_values(sample: Sample, templates: Iterable[str]) -> dict[str, object]:
    """Return values for all that the plan makes, and for whatever else the templates name one of a fitting type.

    Where nothing tells the type, the field's own name stands for its value.
    """
    plan, now = sample.plan, to_datetime(sample.now)
    values: dict[str, Any] = {
        "customer": {**_customer(now), **sample.customer},
        "order": {
            "id": "o-1001",
            "amount": _money(12_500, plan),
            "occurred_at": now,
            "currency": plan.currency,
        },
        "occasion": {
            "ordinal": 1,
            "identity": "1",
            "occurred_at": now,
            "birthday": now,
            "anniversary": now,
            "years": 1,
        },
        "inputs": _inputs(plan, now),
        "event": _event(plan),
        "given": {"code": CODE, "expires": now + A_MONTH, "redeemed_at": now, "campaign": "another-campaign"},
        "batch": {"count": 2, "amount": _money(25_000, plan)},
        "round": {"number": 1},
        **_made(plan, now),
    }
    named = [variable for template in templates for variable in variables(template)]
    for variable in sorted(named, key=lambda each: ITEM not in each.path):
        _put(values, variable.path, _fitting(variable, plan, now))
    return values


def _customer(now: datetime) -> dict[str, object]:
    return {
        "first_name": "Alex",
        "last_name": "Example",
        "email": "alex@example.com",
        "birthday": date(1984, now.month, min(now.day, 28)),
    }


def _made(plan: Plan, now: datetime) -> dict[str, dict[str, object]]:
    """What the steps make, under their names."""
    made: dict[str, dict[str, object]] = {}
    for step in walk(plan.steps):
        match step:
            case Reward(name=name, orders=orders):
                ends = {"expires": now + A_MONTH, "redeemed": False, "currency": plan.currency}
                ends |= {"used_up": False, "uses_left": orders}
                made[name] = {"code": CODE, **_worth(step, plan), **ends}
            case Ask(name=name, answer=Scale(high=high)):
                made[name] = {"answered": True, "answer": high}
            case Ask(name=name, answer=Choice(options=options)):
                made[name] = {"answered": True, "answer": options[0]}
            case Ask(name=name, answer=FreeText()):
                made[name] = {"answered": True, "answer": "Very well, thank you"}
            case Task(name=name):
                made[name] = {"done": True}
            case Approve(name=name):
                made[name] = {"decided": True, "approved": True}
    return made


def _put(here: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    """Put a value where nothing is yet; a list that is looped over gets two items."""
    name, rest = path[0], path[1:]
    if not rest:
        here.setdefault(name, value)
    elif rest[0] == ITEM:
        items = here.setdefault(name, [{}, {}] if rest[1:] else [value, value])
        for item in items if isinstance(items, list) and rest[1:] else ():
            if isinstance(item, dict):
                _put(item, rest[1:], value)
    else:
        inner = here.setdefault(name, {})
        if isinstance(inner, dict):
            _put(inner, rest, value)


def _fitting(variable: Variable, plan: Plan, now: datetime) -> object:
    """Return a value that the field's first filter can show; without one, the field's name."""
    name = f"[{'.'.join(part for part in variable.path if part != ITEM)}]"
    fitting: Mapping[str, object] = {
        "money": _money(SOME_MONEY, plan),
        "number": 3,
        "percent": Decimal("0.1"),
        "date": now,
        "datetime": now,
        "join": [name, name],
        "length": [name, name],
    }
    return fitting.get(variable.filters[0], name) if variable.filters else name


def _event(plan: Plan) -> dict[str, object]:
    if not isinstance(plan.trigger, EventTrigger):
        return {}
    return {name: _money(SOME_MONEY, plan) for name in plan.trigger.money}


def _inputs(plan: Plan, day: datetime) -> dict[str, object]:
    if not isinstance(plan.trigger, ManualTrigger):
        return {}
    samples: Mapping[str, object] = {
        "text": "A-1001",
        "number": 3,
        "amount": _money(SOME_MONEY, plan),
        "date": day.date(),
        "flag": False,
    }
    return {each.name: samples[each.type] for each in plan.trigger.inputs}


def _worth(step: Reward, plan: Plan) -> dict[str, object]:
    match step.offer:
        case AmountOff(amount=amount):
            return {"value": _money(amount, plan)}
        case ShareOff(share=share):
            return {"value": Decimal(share) / 10_000}
        case FreeItem(item=item):
            return {"item": item}
        case Present(what=what):
            return {"gift": what}
        case FreeShipping():
            return {}


def _money(minor: int, plan: Plan) -> Money:
    return Money(Decimal(to_amount(minor, plan.currency)), plan.currency)

"""Made-up values for a campaign's messages: what each looks like before any customer gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.messages.inspection import ITEM, Variable, variables
from punchcard.messages.money import Money
from punchcard.plan.calendar import resolve, to_datetime
from punchcard.plan.model import (
    AmountOff,
    Approve,
    Ask,
    Beside,
    Choice,
    DayBeside,
    FreeItem,
    FreeShipping,
    FreeText,
    Moment,
    Plan,
    Present,
    Reward,
    Scale,
    ShareOff,
    Step,
    Task,
    blocks,
    walk,
)
from punchcard.plan.triggers import EventTrigger, ManualTrigger
from punchcard.sample_day import SampleDay, sample_day

CODE = "NX7K-4GTP-W9CR"
A_MONTH = timedelta(days=30)
SOME_MONEY = 4_900


@dataclass(frozen=True, slots=True)
class Sample:
    """Whose values: those of a plan's occasion, as if it were now; `customer` is put over the made-up one.

    `count` is how many occasions a digest has gathered.
    """

    plan: Plan
    now: int
    customer: Mapping[str, object] = field(default_factory=dict)
    count: int = 2


def sample_values(sample: Sample, templates: Iterable[str], message: str | None = None) -> dict[str, object]:
    """Return values for all that the plan makes, and for whatever else the templates name one of a fitting type.

    Where nothing tells the type, the field's own name stands for its value. Of several things of one name, it is the
    one on the way to the `message`; it was made now, on the plan's own terms.
    """
    plan, day = sample.plan, sample_day(sample.plan, sample.now, sample.customer)
    sample, celebrated = replace(sample, now=day.now), to_datetime(day.celebrated)
    now = to_datetime(day.now)
    values: dict[str, Any] = {
        "customer": {**_customer(day.day), **sample.customer},
        "order": {
            "id": "o-1001",
            "amount": _money(12_500, plan),
            "occurred_at": now,
            "currency": plan.currency,
            **_own(plan, now),
        },
        "occasion": {
            "ordinal": 1,
            "identity": "1",
            "occurred_at": now,
            "birthday": celebrated,
            "anniversary": celebrated,
            "years": day.years,
        },
        "inputs": _inputs(plan, now),
        "event": _event(plan),
        "given": {"code": CODE, "expires": now + A_MONTH, "redeemed_at": now, "campaign": "another-campaign"},
        "batch": {"count": sample.count, "amount": _money(12_500 * sample.count, plan)},
        "round": {"number": 1},
        **_made(sample, message, day),
    }
    named = [variable for template in templates for variable in variables(template)]
    for variable in sorted(named, key=lambda each: ITEM not in each.path):
        _put(
            values,
            variable.path,
            _fitting(variable, plan, now),
            sample.count if variable.path[0] == "batch" else 2,
        )
    return values


def _customer(day: date) -> dict[str, object]:
    return {
        "first_name": "Alex",
        "last_name": "Example",
        "email": "alex@example.com",
        "birthday": date(1984, day.month, day.day),
    }


def _made(sample: Sample, message: str | None, day: SampleDay) -> dict[str, dict[str, object]]:
    """What the steps make, under their names."""
    plan = sample.plan
    made: dict[str, dict[str, object]] = {}
    for step in (*walk(plan.steps), *(_way_to(plan.steps, message) or ())):
        match step:
            case Reward(name=name, orders=orders):
                known = {"redeemed": False, "currency": plan.currency, "used_up": False, "uses_left": orders}
                made[name] = {"code": CODE, **_worth(step, plan), **known, **_end(step, sample, day)}
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


def _way_to(steps: tuple[Step, ...], message: str | None) -> tuple[Step, ...] | None:
    """Return the steps that are gone before a message goes out, on the first way that leads there."""
    before: tuple[Step, ...] = ()
    for step in steps:
        if message is not None and getattr(step, "message", None) == message:
            return before
        for _, inner in blocks(step):
            found = _way_to(inner, message)
            if found is not None:
                return (*before, step, *found)
        before = (*before, *walk((step,)))
    return None


def _end(step: Reward, sample: Sample, day: SampleDay) -> dict[str, object]:
    """When a reward ends that is given now; nothing if it never does."""
    match step.expires:
        case None:
            return {}
        case (
            Beside(name="occasion", field="birthday" | "anniversary")
            | DayBeside(name="occasion", field="birthday" | "anniversary") as moment
        ):
            expires = _beside(moment, day.celebrated, sample)
        case moment:
            expires = _beside(moment, sample.now, sample)
    return {"expires": to_datetime(expires)}


def _beside(moment: Moment, at: int, sample: Sample) -> int:
    if isinstance(moment, Beside) and not moment.months:
        return at + moment.shift
    return resolve(moment, at, sample.plan.timezone, sample.plan.calendar)


def _put(here: dict[str, Any], path: tuple[str, ...], value: object, count: int) -> None:
    """Put a value where nothing is yet; a list that is looped over gets so many items."""
    name, rest = path[0], path[1:]
    if not rest:
        here.setdefault(name, value)
    elif rest[0] == ITEM:
        items = here.setdefault(name, [{} if rest[1:] else value for _ in range(count)])
        for item in items if isinstance(items, list) and rest[1:] else ():
            if isinstance(item, dict):
                _put(item, rest[1:], value, count)
    else:
        inner = here.setdefault(name, {})
        if isinstance(inner, dict):
            _put(inner, rest, value, count)


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


def _own(plan: Plan, now: datetime) -> dict[str, object]:
    """What the shop says of an order, where its type tells what that may be."""
    some: Mapping[str, object] = {"number": 3, "flag": True, "date": now.date()}
    return {each.name: some[each.type] for each in plan.order_fields if each.type in some}


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

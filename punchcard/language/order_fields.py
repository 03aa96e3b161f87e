"""Which of the shop's own order fields a campaign names: these alone go with its occasions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from punchcard.language.programme import Programme
from punchcard.messages.inspection import ITEM, variables
from punchcard.plan.conditions import names
from punchcard.plan.model import Approve, OrderField, Plan, Task, walk
from punchcard.plan.program import reads
from punchcard.plan.triggers import ByOrders, InactiveTrigger

ORDER = "order"


def named_order_fields(plan: Plan, programme: Programme) -> tuple[OrderField, ...]:
    """Return the fields that some condition, hand-over or text of the plan names, in the order of their names."""
    if not isinstance(plan.trigger, ByOrders | InactiveTrigger):
        return ()
    named = {*_by_conditions(plan), *_by_texts(plan)}
    return tuple(
        OrderField(name, cast("Any", kind))
        for name, kind in sorted(programme.order_fields.items())
        if name in named
    )


def _by_conditions(plan: Plan) -> Iterator[str]:
    yield from (key.removeprefix(f"{ORDER}.") for key in reads(plan) if key.startswith(f"{ORDER}."))
    if isinstance(plan.trigger, InactiveTrigger) and plan.trigger.where is not None:
        yield from (field.path[-1] for field in names(plan.trigger.where) if field.path[0] == ORDER)


def _by_texts(plan: Plan) -> Iterator[str]:
    """What messages and tasks say of the order, and those to batches of each of theirs."""
    for text in _texts(plan):
        for variable in variables(text):
            match variable.path:
                case (owner, name) if owner == ORDER:
                    yield name
                case ("batch", "items", item, name) if item == ITEM:
                    yield name


def _texts(plan: Plan) -> Iterator[str]:
    for message in plan.messages:
        for words in message.texts:
            yield from (words.subject, words.body)
    for step in walk(plan.steps):
        if isinstance(step, Task | Approve) and step.do is not None:
            yield step.do

"""What the templates of a plan are filled with: the facts of one occasion, as the filters of messages take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from punchcard.domain.occasion_facts import Amount, Instant, amount_of, facts_of_task
from punchcard.domain.plans import Plans
from punchcard.domain.task_list import TaskLine
from punchcard.messages.inspection import variables
from punchcard.messages.localisation import localisation
from punchcard.messages.mistake import RenderFailure
from punchcard.messages.money import Money
from punchcard.messages.sandbox import fill
from punchcard.messages.text import close_holes, plain
from punchcard.plan.calendar import to_datetime
from punchcard.plan.model import Approve, Ask, Call, Plan, Task, walk
from punchcard.plan.triggers import EventTrigger, ManualTrigger


def what_to_do(connection: Connection, plans: Plans, line: TaskLine, language: str, zone: str) -> str:
    """Return what a task asks for, in the words of its campaign; the template itself where it cannot be filled.

    An approval may have no words of its own: then the text is empty.
    """
    plan = plans.program(connection, line.version).plan
    step = plans.program(connection, line.version).steps.get(line.path)
    if not isinstance(step, Task | Approve) or step.do is None:
        return ""
    customer, facts = facts_of_task(connection, line.id)
    try:
        written = fill(step.do, filled(plan, customer, facts, (step.do,)), localisation(language, zone))
    except RenderFailure:
        return step.do
    return plain(close_holes(written)).strip()


def filled(
    plan: Plan, customer: Mapping[str, Any], facts: Mapping[str, Any], words: Iterable[str]
) -> dict[str, object]:
    """Return what the templates `words` are filled with, from what is known of the customer and the occasion."""
    customer = dict(customer)
    if customer.get("birthday") is not None:
        customer["birthday"] = date.fromisoformat(customer["birthday"])
    names: dict[str, Any] = {"customer": customer, **_unanswered(plan), **facts, **_returned(plan, facts)}
    # What an event or a profile leaves out is absent, as in conditions; misspelt names were found when it was checked.
    named = [variable.path for text in words for variable in variables(text)]
    for owner in {"event", "customer", "order"} & names.keys():
        absent = {path[1]: None for path in named if path[0] == owner and len(path) > 1}
        names[owner] = absent | names[owner]
    types = _types(plan)
    for owner in {"inputs", "event", "order"} & names.keys():
        names[owner] = _typed(names[owner], types, plan.currency)
    if types and "batch" in names:
        unsaid: dict[str, Any] = {each.name: None for each in plan.order_fields}
        items = [_typed(unsaid | item, types, plan.currency) for item in names["batch"].get("items", ())]
        names["batch"] = {**names["batch"], "items": items}
    return {name: _shown(value) for name, value in names.items()}


def _returned(plan: Plan, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What calls have returned, as the filters of messages take it; what has failed or was left out is absent."""
    names: dict[str, Any] = {}
    for step in walk(plan.steps):
        if isinstance(step, Call):
            known = {"failed": False, "error": None, **facts.get(step.name, {})}
            types = {each.name: "amount" if each.type == "money" else each.type for each in step.returns}
            asked = dict.fromkeys(types) | known
            names[step.name] = {**names.get(step.name, {}), **_typed(asked, types, plan.currency)}
    return names


def _unanswered(plan: Plan) -> dict[str, Any]:
    """The plan's questions and tasks as if none was put: what was suppressed or not reached has no row."""
    names: dict[str, Any] = {}
    for step in walk(plan.steps):
        match step:
            case Ask(name=name):
                names[name] = {"answered": False, "answer": None}
            case Task(name=name):
                names[name] = {"done": False}
            case Approve(name=name):
                names[name] = {"decided": False, "approved": False}
    return names


def _types(plan: Plan) -> dict[str, str]:
    """Return the types of what a plan's occasions come with, where JSON has none for them."""
    match plan.trigger:
        case ManualTrigger(inputs=inputs):
            return {entry.name: entry.type for entry in inputs}
        case EventTrigger(money=money):
            return dict.fromkeys(money, "amount")
        case _:
            return {each.name: each.type for each in plan.order_fields}


def _typed(given: Mapping[str, Any], types: Mapping[str, str], currency: str) -> dict[str, Any]:
    return {name: _value(value, types.get(name), currency) for name, value in given.items()}


def _value(value: Any, type_: str | None, currency: str) -> Any:
    """Return an input, or an event's field, as the filters of messages take it."""
    match type_:
        case _ if value is None:
            return None
        case "amount":
            return amount_of(value, currency)
        case "date":
            return _day(value)
        case _:
            return value


def _day(text: str) -> date | None:
    """Return a day; a text that says none, as what a shop keeps of an order may, is absent."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shown(value: Any) -> Any:
    match value:
        case Amount(amount=amount, currency=currency):
            return Money(amount, currency)
        case Instant(millis=millis):
            return to_datetime(millis)
        case dict():
            return {name: _shown(item) for name, item in value.items()}
        case list():
            return [_shown(item) for item in value]
        case _:
            return value

"""What texts may refer to: what an occasion came with, and what it has led to so far."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, exists, or_, select

from punchcard.domain.calls import CALL
from punchcard.domain.customers import CUSTOMER, PROFILE
from punchcard.domain.database import table
from punchcard.domain.messages import Question
from punchcard.domain.money import to_amount
from punchcard.domain.occasions import Occasion
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import Reward
from punchcard.domain.tasks import DECIDED, Task

OCCASION, REWARD = table(Occasion), table(Reward)
QUESTION, TASK = table(Question), table(Task)

# What stands beside an occasion's `names` in the row that its facts are read from: most occasions lead to rewards
# alone, and what there is none of need not be read.
LED_TO = tuple(
    exists().where(noun.c.occasion_id == OCCASION.c.id).correlate(OCCASION).label(label)
    for noun, label in ((QUESTION, "asked"), (TASK, "handed_over"), (CALL, "called"))
)
_REWARDS = Prepared(
    select(REWARD).where(REWARD.c.occasion_id == bindparam("occasion_id")).order_by(REWARD.c.id)
)
_QUESTIONS = Prepared(
    select(QUESTION.c.name, QUESTION.c.answer)
    .where(QUESTION.c.occasion_id == bindparam("occasion_id"))
    .order_by(QUESTION.c.id)
)
_TASKS = Prepared(
    select(TASK.c.name, TASK.c.kind, TASK.c.status)
    .where(TASK.c.occasion_id == bindparam("occasion_id"))
    .order_by(TASK.c.id)
)
_CALLS = Prepared(
    select(CALL.c.name, CALL.c.status, CALL.c.reason, CALL.c.result)
    .where(
        CALL.c.occasion_id == bindparam("occasion_id"),
        or_(CALL.c.status == "done", CALL.c.status == "failed"),
    )
    .order_by(CALL.c.ended_at, CALL.c.id)
)
_TASK = (
    select(
        TASK.c.occasion_id,
        OCCASION.c.names,
        *LED_TO,
        *(CUSTOMER.c[name] for name in (*PROFILE, "attributes")),
    )
    .join(OCCASION, OCCASION.c.id == TASK.c.occasion_id)
    .join(CUSTOMER, CUSTOMER.c.id == TASK.c.customer_id)
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money for templates; the edge turns it into what its renderer prints."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant for templates, in epoch milliseconds."""

    millis: int


def facts_of_task(connection: Connection, task_id: int) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the customer that a task is about, and what the occasion came with and has led to so far."""
    row = connection.execute(_TASK.where(TASK.c.id == task_id)).one()
    customer = {**json.loads(row.attributes), **{name: getattr(row, name) for name in PROFILE}}
    return customer, facts_of_occasion(connection, row)


def facts_of_occasion(connection: Connection, row: Any) -> dict[str, dict[str, Any]]:
    """Return what the occasion came with, the rewards that it has given and what people said; of one name the latest.

    The row has the occasion's id as `occasion_id`, its `names`, and `LED_TO`.
    """
    names = _came_with(json.loads(row.names))
    whose = {"occasion_id": row.occasion_id}
    for reward in _REWARDS(connection, whose):
        names[reward.name] = _given(reward)
    for question in _QUESTIONS(connection, whose) if row.asked else ():
        names[question.name] = {
            "answered": question.answer is not None,
            "answer": None if question.answer is None else json.loads(question.answer),
        }
    for task in _TASKS(connection, whose) if row.handed_over else ():
        decision = {"decided": task.status in DECIDED, "approved": task.status == "approved"}
        names[task.name] = {"done": task.status == "done"} if task.kind == "task" else decision
    for call in _CALLS(connection, whose) if row.called else ():
        failed = call.status == "failed"
        names[call.name] = {
            "failed": failed,
            "error": call.reason if failed else None,
            **json.loads(call.result),
        }
    return names


def _came_with(names: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What an occasion came with; amounts and instants as templates see them."""
    order = names.get("order")
    if order is not None:
        order["amount"] = amount_of(order["amount"], order["currency"])
        order["occurred_at"] = Instant(order["occurred_at"])
    for item in names.get("batch", {}).get("items", ()):
        if "amount" in item and "currency" in item:
            item["amount"] = amount_of(item["amount"], item["currency"])
            item["occurred_at"] = Instant(item["occurred_at"])
            names["batch"]["currency"] = item["currency"]
    if "amount" in names.get("batch", {}):
        names["batch"]["amount"] = amount_of(names["batch"]["amount"], names["batch"]["currency"])
    occasion = names.get("occasion", {})
    for moment in ("occurred_at", "birthday", "anniversary"):
        if moment in occasion:
            occasion[moment] = Instant(occasion[moment])
    given = names.get("given", {})
    for moment in ("expires", "redeemed_at"):
        if moment in given:
            given[moment] = Instant(given[moment])
    return names


def _given(reward: Any) -> dict[str, Any]:
    """A reward, as templates name it."""
    return {
        "code": reward.code,
        **_worth(reward),
        "expires": None if reward.expires_at is None else Instant(reward.expires_at),
        "redeemed": reward.used > 0,
        "used_up": reward.used == reward.orders,
        "uses_left": reward.orders - reward.used,
        "currency": reward.currency,
    }


def _worth(reward: Any) -> dict[str, Any]:
    """What a reward is, as templates name it: a discount's `value`, a free `item`, or what the `gift` is."""
    match reward.kind:
        case "amount":
            return {"value": amount_of(reward.value, reward.currency)}
        case "share":
            most = {} if reward.most is None else {"at_most": amount_of(reward.most, reward.currency)}
            return {"value": Decimal(reward.value) / 10_000, **most}
        case "free":
            return {"item": reward.what}
        case "gift":
            return {"gift": reward.what}
        case _:
            return {}


def amount_of(minor: int, currency: str) -> Amount:
    """Return minor units as templates see them."""
    return Amount(Decimal(to_amount(minor, currency)), currency)

"""What has happened on a stage, read from the journal and the facts beside it, in the order of time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from punchcard.domain.batches import BATCH
from punchcard.domain.calls import CALL
from punchcard.domain.database import table
from punchcard.domain.instances import Instance, JournalEntry
from punchcard.domain.messages import Message, MessageBody, Question
from punchcard.domain.money import to_amount
from punchcard.domain.occasions import Occasion
from punchcard.domain.rewards import Reward, terms_in
from punchcard.domain.task_list import find_task
from punchcard.domain.tasks import Task
from punchcard.filling import what_to_do
from punchcard.language.trials.model import Sum
from punchcard.trial.stage import Stage

JOURNAL, INSTANCE, OCCASION = table(JournalEntry), table(Instance), table(Occasion)
TASK = table(Task)
REWARD, MESSAGE, BODY, QUESTION = table(Reward), table(Message), table(MessageBody), table(Question)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in a campaign: `kind` and `name` say what, `details` how.

    `is_news` if a test has to expect it.
    """

    at: int
    campaign: str
    kind: str
    name: str
    details: Mapping[str, Any]
    is_news: bool = True


def is_of(fact: Fact, kind: str, name: str | None) -> bool:
    """Whether a fact is of a kind, and of a name if it is given; a question is the one that a message puts."""
    if kind == "question":
        question = fact.details.get("question")
        return question is not None and name in (None, question)
    return fact.kind == kind and name in (None, fact.name)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the story had been read."""

    journal: int = 0
    occasion: int = 0
    task: int = 0


def facts_since(stage: Stage, mark: Mark) -> tuple[list[Fact], Mark]:
    """Return what has happened since, and how far that is."""
    rows = stage.rows(
        select(JOURNAL, INSTANCE.c.occasion_id, INSTANCE.c.campaign)
        .join(INSTANCE, INSTANCE.c.id == JOURNAL.c.instance_id)
        .where(JOURNAL.c.id > mark.journal)
        .order_by(JOURNAL.c.id)
    )
    occasions = stage.rows(
        select(OCCASION, BATCH.c.closes_at)
        .outerjoin(BATCH, BATCH.c.id == OCCASION.c.batch_id)
        .where(OCCASION.c.id > mark.occasion)
        .order_by(OCCASION.c.id)
    )
    found = [
        Fact(
            row.recorded_at,
            row.campaign,
            "not_started",
            row.disposition,
            MappingProxyType({"closes": row.closes_at}),
            is_news=False,
        )
        for row in occasions
        if row.disposition != "started"
    ]
    tasks = stage.rows(select(TASK).where(TASK.c.id > mark.task).order_by(TASK.c.id))
    found += [_charged(stage, row.id, row.opened_at, json.loads(row.roles)[0]) for row in tasks]
    for row in rows:
        reader = READERS.get(row.kind)
        fact = reader(stage, row, json.loads(row.data)) if reader is not None else None
        if fact is not None:
            found.append(fact)
    now = Mark(
        max((row.id for row in rows), default=mark.journal),
        max((row.id for row in occasions), default=mark.occasion),
        max((row.id for row in tasks), default=mark.task),
    )
    return sorted(found, key=lambda fact: fact.at), now


def _rewarded(stage: Stage, row: Any, data: dict[str, Any]) -> Fact | None:
    """A reward as it was given; one that was refused is not there."""
    found = stage.rows(
        select(REWARD).where(REWARD.c.occasion_id == row.occasion_id, REWARD.c.key == data["key"])
    )
    if not found or _asked_again(stage, row, data["key"], found[0].issued_at):
        return None
    reward = found[0]
    details = {
        "terms": terms_in(reward),
        "orders": reward.orders,
        "currency": reward.currency,
        "expires": reward.expires_at,
    }
    return Fact(row.at, row.campaign, "reward", reward.name, MappingProxyType(details))


def _asked_again(stage: Stage, row: Any, key: str, issued: int) -> bool:
    """Whether a reward was refused here, since it was asked for once more before it was given."""
    later = select(JOURNAL.c.data).where(
        JOURNAL.c.instance_id == row.instance_id,
        JOURNAL.c.kind == "rewarded",
        JOURNAL.c.id > row.id,
        JOURNAL.c.at <= issued,
    )
    return any(json.loads(each.data)["key"] == key for each in stage.rows(later))


def _message(stage: Stage, row: Any, data: dict[str, Any]) -> Fact | None:
    found = stage.rows(
        select(MESSAGE, BODY.c.subject, BODY.c.text, BODY.c.language, QUESTION.c.name.label("question"))
        .outerjoin(BODY, BODY.c.message_id == MESSAGE.c.id)
        .outerjoin(QUESTION, QUESTION.c.id == MESSAGE.c.question_id)
        .where(MESSAGE.c.id == data["message"])
    )[0]
    reason = data.get("reason") or data["status"] if data["status"] != "sent" else None
    details = {
        "subject": found.subject,
        "text": found.text,
        "language": found.language,
        "question": found.question if reason is None else None,
        "suppressed": reason,
    }
    return Fact(row.at, row.campaign, "message", found.name, MappingProxyType(details))


def _suppressed(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    return Fact(
        row.at, row.campaign, "message", data["message"], MappingProxyType({"suppressed": data["reason"]})
    )


def _taken_back(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    return Fact(
        row.at, row.campaign, row.kind, data["name"], MappingProxyType({"expires": data.get("expires")})
    )


def _goes_on(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    return Fact(row.at, row.campaign, row.kind, "", MappingProxyType({}), is_news=False)


def _taken_over(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    return Fact(row.at, row.campaign, row.kind, data["order"]["id"], MappingProxyType({}), is_news=False)


def _owed(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    minor, currency = data.get("amount"), data["currency"]
    amount = None if minor is None else Sum(to_amount(minor, currency), currency)
    return Fact(row.at, row.campaign, "owed", data["name"], MappingProxyType({"amount": amount}))


def _incident(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    return Fact(row.at, row.campaign, "incident", data["error"], MappingProxyType({}))


def _called(stage: Stage, row: Any, data: dict[str, Any]) -> Fact | None:
    """A call that was made, or that came to nothing; what else was given up is told by what follows."""
    found = stage.rows(
        select(CALL)
        .where(CALL.c.occasion_id == row.occasion_id, CALL.c.path == row.path)
        .order_by(CALL.c.ended_at, CALL.c.id)
    )
    if not found:
        return None
    request = f"{found[-1].method} {found[-1].url} {found[-1].body or ''}"
    return Fact(
        row.at,
        row.campaign,
        "call",
        found[-1].name,
        MappingProxyType({"request": request, "failed": data.get("error")}),
    )


def _finished(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    details = MappingProxyType({"reason": data.get("reason")})
    return Fact(row.at, row.campaign, "end", data["outcome"], details, is_news=data["outcome"] != "completed")


def _charged(stage: Stage, task: int, at: int, role: str) -> Fact:
    """A task with a role, and with its words as whoever has it reads them."""
    with stage.database.read() as connection:
        line = find_task(connection, task)
        plan = stage.plans.program(connection, line.version).plan
        text = what_to_do(connection, stage.plans, line, plan.language, plan.timezone)
    return Fact(at, line.campaign, "task", line.name, MappingProxyType({"by": role, "text": text}))


def _passed_on(stage: Stage, row: Any, data: dict[str, Any]) -> Fact:
    found = select(TASK.c.id).where(TASK.c.occasion_id == row.occasion_id, TASK.c.path == row.path)
    return _charged(stage, stage.one(found.order_by(TASK.c.id.desc())), row.at, data["role"])


READERS: Mapping[str, Callable[[Stage, Any, dict[str, Any]], Fact | None]] = MappingProxyType(
    {
        "rewarded": _rewarded,
        "message": _message,
        "suppressed": _suppressed,
        "revoked": _taken_back,
        "given_back": _taken_back,
        "restored": _goes_on,
        "taken_over": _taken_over,
        "owed": _owed,
        "incident": _incident,
        "called": _called,
        "given_up": _called,
        "finished": _finished,
        "passed_on": _passed_on,
    }
)

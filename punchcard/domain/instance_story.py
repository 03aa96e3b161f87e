"""One instance with all that belongs to it: what earned it, what it did and why, what it gave and wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from punchcard.domain.database import table
from punchcard.domain.instance_search import INSTANCE, InstanceLine, line, lines
from punchcard.domain.instances import Incident, JournalEntry
from punchcard.domain.messages import Message, MessageBody, Question
from punchcard.domain.occasions import Occasion
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.refusals import InstanceUnknown
from punchcard.domain.reward_list import RewardLine, rewards_of_occasion
from punchcard.domain.task_list import TaskLine, tasks_of_occasion

OCCASION, JOURNAL, INCIDENT = table(Occasion), table(JournalEntry), table(Incident)
MESSAGE, BODY, QUESTION, OUTBOX = table(Message), table(MessageBody), table(Question), table(OutboxRow)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal; `data` depends on `kind`."""

    instance_id: str
    tick: int
    at: int
    kind: str
    path: str | None
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as it stands; the words are None until it was sent, and after they were erased."""

    id: int
    key: str
    name: str
    purpose: Literal["marketing", "transactional"]
    channel: str
    status: str
    reason: str | None
    due_at: int
    created_at: int
    sent_at: int | None
    recipient: str | None
    language: str | None
    subject: str | None
    text: str | None
    html: str | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question that the instance asked, and its answer once there is one."""

    key: str
    name: str
    asked_at: int
    answer: int | str | None
    answered_at: int | None


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """A step that could not go on; open while `closed_at` is None."""

    key: str
    path: str
    error: str
    opened_at: int
    closed_at: int | None
    resolution: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """Something that the instance was told, or has yet to be told."""

    seq: int
    kind: str
    status: str
    payload: dict[str, Any]
    created_at: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """One instance; the journal, rewards and messages are those of all its generations."""

    line: InstanceLine
    occasion_identity: str
    occasion_status: str
    occurred_at: int
    names: dict[str, Any]
    journal: tuple[Entry, ...]
    rewards: tuple[RewardLine, ...]
    messages: tuple[MessageLine, ...]
    questions: tuple[QuestionLine, ...]
    incidents: tuple[IncidentLine, ...]
    tasks: tuple[TaskLine, ...]
    generations: tuple[str, ...]


def find_instance(connection: Connection, id_: str) -> InstanceLine:
    """Return one instance as it stands; InstanceUnknown if there is none of this id."""
    row = connection.execute(lines().where(INSTANCE.c.id == id_)).first()
    if row is None:
        raise InstanceUnknown(f"There is no instance {id_}.", remedy="Search the list of instances for it.")
    return line(row)


def tell_story(connection: Connection, id_: str, now: int) -> Story:
    """Return one instance with all that belongs to it; InstanceUnknown if there is none of this id."""
    found = find_instance(connection, id_)
    occasion = connection.execute(select(OCCASION).where(OCCASION.c.id == found.occasion_id)).one()
    generations = connection.execute(
        select(INSTANCE.c.id)
        .where(INSTANCE.c.occasion_id == found.occasion_id)
        .order_by(INSTANCE.c.generation)
    )
    ids = tuple(row.id for row in generations)
    return Story(
        line=found,
        occasion_identity=occasion.identity,
        occasion_status=occasion.status,
        occurred_at=occasion.occurred_at,
        names=json.loads(occasion.names),
        journal=_journal(connection, ids),
        rewards=rewards_of_occasion(connection, found.occasion_id, now),
        messages=_messages(connection, found.occasion_id),
        questions=_questions(connection, found.occasion_id),
        incidents=_incidents(connection, ids),
        tasks=tasks_of_occasion(connection, found.occasion_id),
        generations=ids,
    )


def told(connection: Connection, id_: str) -> tuple[Told, ...]:
    """Return all that an instance was told or has yet to be told, in order."""
    rows = connection.execute(select(OUTBOX).where(OUTBOX.c.instance_id == id_).order_by(OUTBOX.c.seq))
    return tuple(
        Told(row.seq, row.kind, row.status, json.loads(row.payload), row.created_at, row.error)
        for row in rows
    )


def _journal(connection: Connection, ids: tuple[str, ...]) -> tuple[Entry, ...]:
    rows = connection.execute(select(JOURNAL).where(JOURNAL.c.instance_id.in_(ids)).order_by(JOURNAL.c.id))
    return tuple(
        Entry(row.instance_id, row.tick, row.at, row.kind, row.path, json.loads(row.data)) for row in rows
    )


def _messages(connection: Connection, occasion_id: int) -> tuple[MessageLine, ...]:
    rows = connection.execute(
        select(MESSAGE, BODY.c.recipient, BODY.c.language, BODY.c.subject, BODY.c.text, BODY.c.html)
        .outerjoin(BODY, BODY.c.message_id == MESSAGE.c.id)
        .where(MESSAGE.c.occasion_id == occasion_id)
        .order_by(MESSAGE.c.id)
    )
    return tuple(
        MessageLine(
            id=row.id,
            key=row.key,
            name=row.name,
            purpose=row.purpose,
            channel=row.channel,
            status=row.status,
            reason=row.reason,
            due_at=row.due_at,
            created_at=row.created_at,
            sent_at=row.sent_at,
            recipient=row.recipient,
            language=row.language,
            subject=row.subject,
            text=row.text,
            html=row.html,
        )
        for row in rows
    )


def _questions(connection: Connection, occasion_id: int) -> tuple[QuestionLine, ...]:
    rows = connection.execute(
        select(QUESTION).where(QUESTION.c.occasion_id == occasion_id).order_by(QUESTION.c.id)
    )
    return tuple(
        QuestionLine(
            key=row.key,
            name=row.name,
            asked_at=row.asked_at,
            answer=None if row.answer is None else json.loads(row.answer),
            answered_at=row.answered_at,
        )
        for row in rows
    )


def _incidents(connection: Connection, ids: tuple[str, ...]) -> tuple[IncidentLine, ...]:
    rows = connection.execute(select(INCIDENT).where(INCIDENT.c.instance_id.in_(ids)).order_by(INCIDENT.c.id))
    return tuple(
        IncidentLine(row.key, row.path, row.error, row.opened_at, row.closed_at, row.resolution)
        for row in rows
    )

"""Answers to questions: checked against what the question takes, recorded once, and told to the instance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, assert_never

from sqlalchemy import Connection, and_, bindparam, select, update

from punchcard.domain.database import dump, table
from punchcard.domain.generations import current_generation
from punchcard.domain.messages import Message, MessageBody, Question
from punchcard.domain.outbox import tell
from punchcard.domain.prepared import Prepared
from punchcard.domain.refusals import AlreadyAnswered, InputUnfit, QuestionUnknown
from punchcard.plan.codec import decode
from punchcard.plan.model import AnswerShape, Choice, FreeText, Scale

QUESTION, MESSAGE, BODY = table(Question), table(Message), table(MessageBody)

_ASKED = Prepared(
    select(QUESTION, BODY.c.subject, BODY.c.language)
    .outerjoin(
        MESSAGE, and_(MESSAGE.c.occasion_id == QUESTION.c.occasion_id, MESSAGE.c.key == QUESTION.c.key)
    )
    .outerjoin(BODY, BODY.c.message_id == MESSAGE.c.id)
    .where(QUESTION.c.id == bindparam("question"))
    .limit(1)
)
_ANSWER = Prepared(
    update(QUESTION)
    .where(QUESTION.c.id == bindparam("question"), QUESTION.c.answered_at.is_(None))
    .values(answer=bindparam("given"), answered_at=bindparam("given_at"))
    .returning(QUESTION.c.id)
)

SHAPES: Mapping[str, type[AnswerShape]] = MappingProxyType(
    {shape.__name__: shape for shape in (Scale, FreeText, Choice)}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put to a customer, and its answer once there is one.

    `subject` is that of the message it stood in and `language` that of its words; None once they are erased.
    """

    id: int
    occasion_id: int
    customer_id: int
    campaign: str
    key: str
    name: str
    shape: AnswerShape
    subject: str | None
    language: str | None
    asked_at: int
    answer: int | str | None
    answered_at: int | None


def question(connection: Connection, id_: int) -> Asked:
    """Return a question; QuestionUnknown if there is none of this id."""
    row = _ASKED(connection, {"question": id_}).first()
    if row is None:
        raise QuestionUnknown(f"There is no question {id_}.")
    return Asked(
        id=row.id,
        occasion_id=row.occasion_id,
        customer_id=row.customer_id,
        campaign=row.campaign,
        key=row.key,
        name=row.name,
        shape=read_shape(row.shape),
        subject=row.subject,
        language=row.language,
        asked_at=row.asked_at,
        answer=None if row.answer is None else json.loads(row.answer),
        answered_at=row.answered_at,
    )


def record_answer(connection: Connection, id_: int, text: str, now: int) -> Asked:
    """Record an answer and tell the instance `<name>.answered`; giving the same answer again changes nothing.

    The answer of a free text stays here, where it can be erased: the instance learns only that there is one.
    InputUnfit if the question does not take it, AlreadyAnswered if another one stands.
    """
    asked = question(connection, id_)
    answer = read_answer(asked.shape, text)
    given = {"question": id_, "given": dump(answer), "given_at": now}
    won = _ANSWER(connection, given).first()
    after = question(connection, id_)
    if won is not None:
        data: dict[str, Any] = {"key": asked.key} | (
            {} if isinstance(asked.shape, FreeText) else {"answer": answer}
        )
        delivery = {"name": f"{asked.name}.answered", "data": data, "at": now}
        tell(connection, current_generation(connection, asked.occasion_id), "deliver", delivery, now)
    elif after.answer != answer:
        raise AlreadyAnswered(f"The question was answered with {after.answer}; the first answer counts.")
    return after


def labels(shape: AnswerShape) -> tuple[str, ...]:
    """Return the answers that can be chosen from, in the order of their links; none for a free text."""
    match shape:
        case Scale(low=low, high=high):
            return tuple(str(number) for number in range(low, high + 1))
        case Choice(options=options):
            return options
        case FreeText():
            return ()
        case _:
            assert_never(shape)


def read_shape(text: str) -> AnswerShape:
    """Read the JSON of an answer's shape."""
    data = json.loads(text)
    return decode(SHAPES[data["kind"]], data)


def read_answer(shape: AnswerShape, text: str) -> int | str:
    """Return the answer that a text stands for; InputUnfit if the question does not take it."""
    given = text.strip()
    match shape:
        case Scale(low=low, high=high):
            if given not in labels(shape):
                raise InputUnfit(f"{given[:20]!r} is not on the scale.", remedy=f"Answer {low} to {high}.")
            return int(given)
        case Choice(options=options):
            if given not in options:
                raise InputUnfit(f"{given[:50]!r} is not a choice.", remedy=f"Answer {', '.join(options)}.")
            return given
        case FreeText(longest=longest):
            if not 0 < len(given) <= longest:
                raise InputUnfit(
                    f"The answer has {len(given)} characters.", remedy=f"Write 1 to {longest} characters."
                )
            return given
        case _:
            assert_never(shape)

"""What has come of the demo so far, counted from the facts in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from punchcard.domain.database import table
from punchcard.domain.events import Event
from punchcard.domain.instance_search import STATE, State
from punchcard.domain.instances import Instance
from punchcard.domain.messages import Message, Question
from punchcard.domain.occasions import Occasion
from punchcard.domain.orders import Order, Refund
from punchcard.domain.rewards import Redemption, Reward

EVENT, INSTANCE, MESSAGE, QUESTION = table(Event), table(Instance), table(Message), table(Question)
OCCASION, ORDER, REFUND = table(Occasion), table(Order), table(Refund)
REDEMPTION, REWARD = table(Redemption), table(Reward)
CLOSED: tuple[State, ...] = ("completed", "stopped", "reversed", "cancelled")
_LATEST = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts by word. `latest` names the instances that were changed last, with their state."""

    orders: int
    refunds: int
    occasions: dict[str, int]
    rewards: dict[str, int]
    messages: dict[str, int]
    redemptions: int
    questions: int
    answers: int
    instances: dict[str, int]
    latest: tuple[tuple[str, str], ...]

    @property
    def open(self) -> int:
        """How many instances have not ended."""
        return sum(count for state, count in self.instances.items() if state not in CLOSED)


def count(connection: Connection) -> Figures:
    """Count everything; what was imported as history is left out."""
    answered = select(func.count(), func.count(QUESTION.c.answered_at)).select_from(QUESTION)
    questions, answers = connection.execute(answered).one()
    return Figures(
        orders=_one(connection, select(func.count()).where(ORDER.c.history.is_(False))),
        refunds=_one(connection, select(func.count()).select_from(REFUND)),
        occasions=_by(connection, OCCASION.c.disposition, OCCASION.c.disposition != "historical"),
        rewards=_by(connection, REWARD.c.status),
        messages=_by(connection, MESSAGE.c.status),
        redemptions=_one(connection, select(func.count()).select_from(REDEMPTION)),
        questions=questions,
        answers=answers,
        instances=_by(connection, STATE),
        latest=_latest(connection),
    )


def _one(connection: Connection, statement: Select[Any]) -> int:
    return int(connection.execute(statement).scalar_one())


def _by(
    connection: Connection, word: ColumnElement[str], live: ColumnElement[bool] | None = None
) -> dict[str, int]:
    """Count rows by a word; grouped by its label, since PostgreSQL does not see that two equal CASEs are one."""
    label = word.label("word")
    statement = select(label, func.count()).group_by(label)
    rows = connection.execute(statement if live is None else statement.where(live))
    return dict(sorted((str(name), int(number)) for name, number in rows))


def _latest(connection: Connection) -> tuple[tuple[str, str], ...]:
    rows = connection.execute(
        select(INSTANCE.c.id, STATE).order_by(INSTANCE.c.updated_at.desc(), INSTANCE.c.id).limit(_LATEST)
    )
    return tuple((row[0], row[1]) for row in rows)

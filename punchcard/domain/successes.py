"""Who has succeeded in an experiment: what happened within its time after the customer drew a variant."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, exists, func, select

from punchcard.domain.database import table
from punchcard.domain.events import Event
from punchcard.domain.experiments import ExperimentEntry
from punchcard.domain.messages import Question
from punchcard.domain.occasions import Occasion
from punchcard.domain.orders import Order, has_ordered
from punchcard.domain.rewards import Redemption, Reward
from punchcard.plan.model import KeepBest
from punchcard.plan.sequential import Count

ENTRY, OCCASION, REWARD = table(ExperimentEntry), table(Occasion), table(Reward)
QUESTION, ORDER, EVENT, REDEMPTION = table(Question), table(Order), table(Event), table(Redemption)

Counts = dict[str, Count]


def counts_of(connection: Connection, experiment_id: int, keep_best: KeepBest, now: int) -> Counts:
    """Return of each variant how many customers are counted by now, and how many of them have succeeded.

    A customer is counted when the time for a success is over, and once, with the first instance. Who has succeeded
    and whose occasion no longer stands has not succeeded, and is counted all the same: what a variant makes people
    send back is its doing, too.
    """
    succeeded = func.sum(case((and_(OCCASION.c.status == "standing", _success(keep_best)), 1), else_=0))
    rows = connection.execute(
        _counted(ENTRY.c.variant, func.count().label("counted"), succeeded.label("succeeded"))
        .join(OCCASION, OCCASION.c.id == ENTRY.c.occasion_id)
        .group_by(ENTRY.c.variant),
        {"experiment": experiment_id, "cutoff": now - keep_best.within},
    )
    return {row.variant: Count(row.counted, int(row.succeeded)) for row in rows}


def _counted(*columns: Any) -> Select[Any]:
    return select(*columns).where(
        ENTRY.c.experiment_id == bindparam("experiment"),
        ENTRY.c.number == 1,
        ENTRY.c.at <= bindparam("cutoff"),
    )


def _success(keep_best: KeepBest) -> ColumnElement[bool]:
    """Whether what is measured has happened to an entry's customer or instance in time."""
    owner, _, what = keep_best.by.partition(".")
    if owner == "customer":
        return _ordered(keep_best) if what == "ordered" else _named(keep_best, what)
    if what == "redeemed":
        return _used(keep_best, owner)
    assert what == "answered", f"nothing counts {keep_best.by}"
    return exists().where(
        QUESTION.c.occasion_id == ENTRY.c.occasion_id,
        QUESTION.c.name == owner,
        *_in_time(QUESTION.c.answered_at, keep_best),
    )


def _used(keep_best: KeepBest, reward: str) -> ColumnElement[bool]:
    """Any use of the reward, also where its code is good for several orders."""
    return exists().where(
        REWARD.c.occasion_id == ENTRY.c.occasion_id,
        REWARD.c.name == reward,
        REDEMPTION.c.reward_id == REWARD.c.id,
        *_in_time(REDEMPTION.c.redeemed_at, keep_best),
    )


def _ordered(keep_best: KeepBest) -> ColumnElement[bool]:
    """An order of the customer; the one that led here is no success of a variant."""
    return exists().where(
        ORDER.c.customer_id == ENTRY.c.customer_id,
        has_ordered(ORDER),
        func.coalesce(OCCASION.c.order_id, 0) != ORDER.c.id,
        *_in_time(ORDER.c.occurred_at, keep_best),
    )


def _named(keep_best: KeepBest, type_: str) -> ColumnElement[bool]:
    return exists().where(
        EVENT.c.customer_id == ENTRY.c.customer_id,
        EVENT.c.type == type_,
        func.coalesce(OCCASION.c.event_id, 0) != EVENT.c.id,
        *_in_time(EVENT.c.occurred_at, keep_best),
    )


def _in_time(at: Any, keep_best: KeepBest) -> tuple[ColumnElement[bool], ...]:
    return at >= ENTRY.c.at, at <= ENTRY.c.at + keep_best.within

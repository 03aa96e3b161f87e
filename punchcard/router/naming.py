"""The orders that occasions name: one that goes on standing by another order, or stands again, takes that over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, insert, update

from punchcard.domain.database import dump, table
from punchcard.domain.instances import JournalEntry
from punchcard.domain.occasions import Occasion
from punchcard.domain.outbox import Telling, tell_all
from punchcard.domain.prepared import Prepared
from punchcard.plan.takeover import taken_over
from punchcard.router.known import instance_of, known_occasions
from punchcard.router.purchase import told_of_order
from punchcard.router.turns import Turn

OCCASION, JOURNAL = table(Occasion), table(JournalEntry)

_NAME = Prepared(
    update(OCCASION)
    .where(OCCASION.c.id == bindparam("which"))
    .values(order_id=bindparam("its_order", type_=BigInteger), names=bindparam("new_names"))
)
_INSERT_ENTRY = Prepared(insert(JOURNAL))


def name_orders(connection: Connection, turns: Sequence[Turn], now: int) -> None:
    """Let occasions that go on standing name the orders by which they stand now, and tell their instances.

    An instance that has ended is told nothing any more; its journal says it.
    """
    if not turns:
        return
    known = known_occasions(connection, turns)
    tellings: list[Telling] = []
    told: list[tuple[Turn, Any]] = []
    for turn in turns:
        occasion = known.get(turn.key)
        if occasion is None or occasion.status != "standing" or occasion.order_id == turn.cause.order_id:
            continue
        name_order(connection, turn, occasion)
        if occasion.disposition == "started":
            order = told_of_order(turn.cause.names["order"], turn.counting.reads)
            tellings.append(Telling(instance_of(occasion), "order", {"order": order, "at": now}))
            told.append((turn, occasion))
    numbers = tell_all(connection, tellings, now)
    for (turn, occasion), number in zip(told, numbers, strict=True):
        if number is None:
            journal_order(connection, turn, occasion, now)


def name_order(connection: Connection, turn: Turn, occasion: Any) -> str:
    """Let an occasion name the order by which it stands now, and return its names as JSON. A batch names none."""
    if occasion.order_id is None:
        return str(occasion.names)
    names = dump({**json.loads(occasion.names), "order": turn.cause.names["order"]})
    _NAME(connection, {"which": occasion.id, "its_order": turn.cause.order_id, "new_names": names})
    return names


def journal_order(connection: Connection, turn: Turn, occasion: Any, now: int) -> None:
    """Write into the journal of an instance that has ended which order its occasion names now, if that is another one.

    No tick wrote it, so its tick is 0.
    """
    if occasion.order_id in (None, turn.cause.order_id):
        return
    data = taken_over(json.loads(occasion.names)["order"], turn.cause.names["order"])
    place = {"instance_id": instance_of(occasion), "tick": 0, "at": now}
    _INSERT_ENTRY(connection, {**place, "kind": "taken_over", "data": dump(data)})

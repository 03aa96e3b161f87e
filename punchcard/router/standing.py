"""Occasions arise, fall and stand again, each with what follows for its instance."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from punchcard.domain.batches import own_occasion
from punchcard.domain.clock import read_clock
from punchcard.domain.database import dump, table
from punchcard.domain.instances import Instance
from punchcard.domain.occasions import Occasion
from punchcard.domain.outbox import Telling, tell_all
from punchcard.domain.pacing import take_slot
from punchcard.domain.prepared import Prepared
from punchcard.domain.reversing import restore_rewards, revoke_rewards
from punchcard.plan.model import Plan
from punchcard.plan.order_facts import OF_EVERY_ORDER, ORDER_FACTS
from punchcard.router.counting import Counting
from punchcard.router.digesting import batch_falls, batch_rises, batch_turn, joined, opened
from punchcard.router.disposition import Fate, fate, running
from punchcard.router.known import instance_of, known_occasions
from punchcard.router.match import lasting_identity, workflow_id
from punchcard.router.naming import journal_order, name_order
from punchcard.router.purchase import told_of_order
from punchcard.router.since import ended_since
from punchcard.router.turns import Cause, Turn

# What is ours to tell: numbers of orders and occasions, and nothing that a person wrote.
OURS = frozenset({"order", "occasion", "given"})
UNTOLD = frozenset({"given.code"})

OCCASION, INSTANCE = table(Occasion), table(Instance)

_INSERT_OCCASION = Prepared(insert(OCCASION).returning(OCCASION.c.id))
_INSERT_INSTANCE = Prepared(insert(INSTANCE))


def take_turns(connection: Connection, turns: list[Turn], now: int) -> int:
    """Write the occasions that the turns make, and tell instances; return how many instances will start."""
    if not turns:
        return 0
    turns = [_lasting(turn) for turn in turns]
    known = known_occasions(connection, turns)
    arisen: set[tuple[str, int, int, str]] = set()
    tellings: list[Telling] = []
    started = 0
    for turn in turns:
        if turn.key in arisen:
            continue  # another event of this batch is the same occasion
        occasion = known.get(turn.key)
        if occasion is None:
            if turn.up:
                started += _arise(connection, turn, tellings, now)
                arisen.add(turn.key)
        elif turn.up and occasion.status == "reversed":
            started += _stand_again(connection, turn, occasion, tellings, now)
        elif not turn.up and occasion.status == "standing":
            _fall(connection, turn, occasion, tellings, now)
    tell_all(connection, tellings, now)
    return started


def _lasting(turn: Turn) -> Turn:
    identity = lasting_identity(turn.counting.plan, turn.identity)
    return turn if identity == turn.identity else replace(turn, identity=identity)


# --- arising ----------------------------------------------------------------------------------


def _arise(connection: Connection, turn: Turn, tellings: list[Telling], now: int) -> int:
    if turn.counting.plan.digest is not None:
        return _gather(connection, turn, tellings, now)
    found = fate(connection, turn)
    occasion_id, names = _insert(connection, turn, found, now)
    if found.disposition != "started":
        return 0
    if turn.counting.plan.if_running == "restart":
        tellings += _restarted(connection, turn.counting.campaign, turn.customer_id, now)
    start = _first(connection, turn, occasion_id, names, now)
    tellings.append(_paced(connection, turn.counting.plan, start, now))
    tellings += ended_since(connection, turn, start.instance_id)
    return 1


def _gather(connection: Connection, turn: Turn, tellings: list[Telling], now: int) -> int:
    """Let an occasion join the customer's batch; the first one opens it, and with it an instance."""
    batch, number = joined(connection, turn)
    found = fate(connection, turn, joins=batch is not None)
    if found.disposition != "started":
        _insert(connection, turn, found, now)
        return 0
    if batch is None:
        whole = batch_turn(turn, number)
        occasion_id, names = _insert(connection, whole, Fate("started"), now)
        start = _first(connection, whole, occasion_id, names, now)
        batch, start = opened(connection, whole, number, occasion_id, start, now)
        tellings.append(start)
        _insert(connection, turn, Fate("joined", found.decided), now, batch)
        return 1
    _insert(connection, turn, Fate("joined", found.decided), now, batch)
    return _batch_rises(connection, turn, batch, tellings, now)


def _insert(
    connection: Connection, turn: Turn, found: Fate, now: int, batch: int | None = None
) -> tuple[int, str]:
    """Write an occasion; return its id, and its names as JSON."""
    counting, cause = turn.counting, turn.cause
    occasion = {
        **cause.names.get("occasion", {}),
        "identity": turn.identity,
        "occurred_at": cause.occurred_at,
    }
    if turn.identity.isdecimal():
        occasion["ordinal"] = int(turn.identity)
    names = dump({**cause.names, "occasion": occasion})
    occasion_id = _INSERT_OCCASION(
        connection,
        {
            "campaign": counting.campaign,
            "epoch": counting.epoch,
            "customer_id": turn.customer_id,
            "identity": turn.identity,
            "status": "standing",
            "disposition": found.disposition,
            "decided": _decided(cause, found),
            "batch_id": batch,
            "generation": 1,
            "version": counting.version,
            "names": names,
            "event_id": cause.event_id,
            "order_id": cause.order_id,
            "occurred_at": cause.occurred_at,
            "recorded_at": now,
            "changed_at": now,
        },
    ).scalar_one()
    return occasion_id, names


def _first(connection: Connection, turn: Turn, occasion_id: int, names: str, now: int) -> Telling:
    """Write an occasion's first instance, and return its start."""
    counting = turn.counting
    name = workflow_id(counting.campaign, counting.epoch, turn.customer_id, turn.identity, 1)
    _new_instance(
        connection, name, occasion_id, 1, counting.campaign, counting.version, turn.customer_id, None, now
    )
    told = _told(counting, names)
    if counting.splits:
        told["occasion"]["customer"] = turn.customer_id
    return Telling(name, "start", {"names": told, "due": turn.cause.occurred_at})


def _decided(cause: Cause, found: Fate) -> str | None:
    """The values that the trigger's filter and the audience's condition saw."""
    if found.decided is None and not cause.operands:
        return None
    by_audience = found.decided or {"met": True, "operands": {}}
    return dump({**by_audience, "operands": {**cause.operands, **by_audience["operands"]}})


def _restarted(connection: Connection, campaign: str, customer_id: int, now: int) -> list[Telling]:
    """End the customer's instances that still run: a new one takes their place. What they gave stays given."""
    command = {"name": "cancel", "actor": "campaign", "reason": "restarted"}
    return [Telling(name, "command", command) for name in running(connection, campaign, customer_id)]


def _told(counting: Counting, names: str) -> dict[str, dict[str, Any]]:
    """What of an occasion's names its instance is told: of an event's or a person's words what its conditions read.

    Everything else stays in the occasion's row, where it can be erased; messages find it there.
    """
    told: dict[str, dict[str, Any]] = {
        owner: {key: value for key, value in fields.items() if _is_told(counting, owner, key)}
        for owner, fields in json.loads(names).items()
    }
    if told.get("order", {}).get("currency", counting.plan.currency) != counting.plan.currency:
        told["order"].pop("amount")  # as with the money of an event, it is absent for conditions
    return told


def _is_told(counting: Counting, owner: str, key: str) -> bool:
    name = f"{owner}.{key}"
    if name in ORDER_FACTS:
        return name in counting.facts
    if owner == "order":
        return key in OF_EVERY_ORDER or name in counting.reads
    return (owner in OURS or name in counting.reads) and name not in UNTOLD


def _paced(connection: Connection, plan: Plan, start: Telling, now: int) -> Telling:
    """Let an instance of a campaign with a pace wait for its turn; what it waits does not make it late."""
    if plan.pace is None:
        return start
    at = take_slot(connection, plan.campaign, plan.pace.step, now)
    if at <= now:
        return start
    due = start.payload["due"] + at - now
    return replace(
        start, payload={**start.payload, "due": due}, not_before=read_clock(connection).wall_at(at)
    )


def _new_instance(
    connection: Connection,
    name: str,
    occasion_id: int,
    generation: int,
    campaign: str,
    version: str,
    customer_id: int,
    resumes: str | None,
    now: int,
    paused_at: int | None = None,
) -> None:
    _INSERT_INSTANCE(
        connection,
        {
            "id": name,
            "occasion_id": occasion_id,
            "generation": generation,
            "campaign": campaign,
            "version": version,
            "customer_id": customer_id,
            "status": "unstarted",
            "tick": 0,
            "waits_for": "[]",
            "held": False,
            "paused_at": paused_at,
            "incidents": 0,
            "last_seq": 0,
            "resumes": resumes,
            "created_at": now,
            "updated_at": now,
        },
    )


# --- falling and standing again ---------------------------------------------------------------


def _fall(connection: Connection, turn: Turn, occasion: Any, tellings: list[Telling], now: int) -> None:
    _set_status(connection, occasion.id, "reversed", now)
    revoke_rewards(connection, occasion.id, now)
    if occasion.disposition == "started":
        tellings.append(Telling(instance_of(occasion), "reverse", {"at": now}))
    elif occasion.batch_id is not None:
        identity = batch_falls(connection, occasion.batch_id)
        if identity is not None:
            whole = replace(turn, identity=identity)
            _fall(connection, whole, own_occasion(connection, occasion.batch_id), tellings, now)


def _batch_rises(connection: Connection, turn: Turn, batch: int, tellings: list[Telling], now: int) -> int:
    """Let a batch that had lost all its members stand again with one; return how many instances will start."""
    identity = batch_rises(connection, batch)
    if identity is None:
        return 0
    whole = replace(turn, identity=identity)
    return _stand_again(connection, whole, own_occasion(connection, batch), tellings, now)


def _stand_again(connection: Connection, turn: Turn, occasion: Any, tellings: list[Telling], now: int) -> int:
    _set_status(connection, occasion.id, "standing", now)
    names_now = name_order(connection, turn, occasion)
    ends = restore_rewards(connection, occasion.id, now)
    if occasion.batch_id is not None:
        return _batch_rises(connection, turn, occasion.batch_id, tellings, now)
    if occasion.disposition != "started":
        return 0
    last = connection.execute(select(INSTANCE).where(INSTANCE.c.id == instance_of(occasion))).one()
    if last.status == "closed" and last.outcome != "reversed":
        journal_order(connection, turn, occasion, now)
        return 0
    generation = occasion.generation + 1
    name = workflow_id(occasion.campaign, occasion.epoch, occasion.customer_id, occasion.identity, generation)
    _new_instance(
        connection,
        name,
        occasion.id,
        generation,
        occasion.campaign,
        last.version,
        occasion.customer_id,
        last.id,
        now,
        paused_at=last.paused_at,
    )
    connection.execute(update(OCCASION).where(OCCASION.c.id == occasion.id).values(generation=generation))
    names = _told(turn.counting, names_now)
    names["occasion"]["customer"] = occasion.customer_id  # the version that goes on may divide customers
    payload = {"names": names, "due": turn.cause.occurred_at}
    payload["order"] = told_of_order(json.loads(names_now).get("order", {}), turn.counting.reads)
    payload |= {"lapse": now - occasion.changed_at, "ends": {str(id): end for id, end in ends.items()}}
    if names.pop("batch", None) is not None:
        payload["batch"] = occasion.id
    tellings.append(Telling(name, "start", payload))
    return 1


def _set_status(connection: Connection, occasion_id: int, status: str, now: int) -> None:
    connection.execute(
        update(OCCASION).where(OCCASION.c.id == occasion_id).values(status=status, changed_at=now)
    )

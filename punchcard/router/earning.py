"""From changed orders to occasions that arise, fall and stand again, each with what follows for its instance."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from punchcard.domain.among import among
from punchcard.domain.customers import Customer
from punchcard.domain.database import dump, table
from punchcard.domain.instances import Instance
from punchcard.domain.occasions import Occasion, Progress
from punchcard.domain.outbox import Telling, tell_all
from punchcard.domain.prepared import Prepared
from punchcard.domain.reversing import restore_rewards, revoke_rewards
from punchcard.plan.calendar import fits, reach
from punchcard.plan.model import Limit, Plan
from punchcard.plan.program import reads
from punchcard.router.match import (
    NOTHING,
    Counting,
    Purchase,
    Share,
    counts_orders,
    is_held_out,
    order_identity,
    order_names,
    share,
    standing,
    takes_each_order,
    workflow_id,
)
from punchcard.router.purchases import Change

# What is ours to tell: numbers of orders and occasions, and nothing that a person wrote.
OURS = frozenset({"order", "occasion"})

PROGRESS, OCCASION, INSTANCE, CUSTOMER = table(Progress), table(Occasion), table(Instance), table(Customer)

_PROGRESS = Prepared(
    select(PROGRESS).where(
        among(PROGRESS.c.campaign, "campaigns"),
        among(PROGRESS.c.epoch, "epochs"),
        among(PROGRESS.c.customer_id, "customers"),
    )
)
_WRITE_PROGRESS = Prepared(
    lambda insert: (statement := insert(PROGRESS)).on_conflict_do_update(
        index_elements=[PROGRESS.c.campaign, PROGRESS.c.epoch, PROGRESS.c.customer_id],
        set_={name: statement.excluded[name] for name in ("measure", "earlier", "standing")},
    )
)
_OCCASIONS = Prepared(
    select(OCCASION).where(
        among(OCCASION.c.customer_id, "customers"),
        among(OCCASION.c.campaign, "campaigns"),
        among(OCCASION.c.identity, "identities"),
    )
)
_INSERT_OCCASION = Prepared(insert(OCCASION).returning(OCCASION.c.id))
_INSERT_INSTANCE = Prepared(insert(INSTANCE))
_ZONE = Prepared(select(CUSTOMER.c.timezone).where(CUSTOMER.c.id == bindparam("whose")))
_OTHERS = Prepared(
    select(OCCASION.c.occurred_at).where(
        OCCASION.c.campaign == bindparam("of"),
        OCCASION.c.customer_id == bindparam("whose"),
        OCCASION.c.status == "standing",
        OCCASION.c.disposition == "started",
        OCCASION.c.occurred_at >= bindparam("window_start"),
        OCCASION.c.occurred_at < bindparam("window_end"),
    )
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What an occasion arose from; `names` is what its steps may refer to."""

    event_id: int | None
    occurred_at: int
    history: bool = False
    order_id: int | None = None
    names: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """An occasion that arises or stands again (`up`), or that no longer stands."""

    counting: Counting
    customer_id: int
    identity: str
    up: bool
    cause: Cause


def turns_of_orders(
    connection: Connection, countings: Iterable[Counting], changes: list[Change]
) -> list[Turn]:
    """Bring each campaign's progress up to date with the changed orders, and return the turns that follow."""
    turns: list[Turn] = []
    counted: list[Counting] = []
    for counting in countings:
        if counts_orders(counting.plan):
            counted.append(counting)
        elif takes_each_order(counting.plan):
            turns += [turn for change in changes for turn in _turns_of_order(counting, change)]
    return turns + _count(connection, counted, changes)


def take_turns(connection: Connection, turns: list[Turn], now: int) -> int:
    """Write the occasions that the turns make, and tell instances; return how many instances will start."""
    if not turns:
        return 0
    known = _known(connection, turns)
    arisen: set[tuple[str, int, int, str]] = set()
    tellings: list[Telling] = []
    started = 0
    for turn in turns:
        if _key(turn) in arisen:
            continue  # another event of this batch is the same occasion
        occasion = known.get(_key(turn))
        if occasion is None:
            if turn.up:
                started += _arise(connection, turn, tellings, now)
                arisen.add(_key(turn))
        elif turn.up and occasion.status == "reversed":
            started += _stand_again(connection, turn, occasion, tellings, now)
        elif not turn.up and occasion.status == "standing":
            _fall(connection, turn, occasion, tellings, now)
    tell_all(connection, tellings, now)
    return started


def _key(turn: Turn) -> tuple[str, int, int, str]:
    return turn.counting.campaign, turn.counting.epoch, turn.customer_id, turn.identity


def _turns_of_order(counting: Counting, change: Change) -> list[Turn]:
    """The order's occasion falls with the customer who had it, and arises with the one who has it."""
    had = change.old.customer_id if change.old and share(counting, change.old).measure else None
    has = change.new.customer_id if share(counting, change.new).measure else None
    if had == has:
        return []
    identity, cause = order_identity(change.new), _cause(change.new, change.event_id)
    turns = [] if had is None else [Turn(counting, had, identity, False, cause)]
    return turns if has is None else [*turns, Turn(counting, has, identity, True, cause)]


def _cause(order: Purchase, event_id: int | None) -> Cause:
    names = {"order": order_names(order)}
    return Cause(event_id, order.occurred_at, order.history, order.id, names)


def _count(connection: Connection, countings: list[Counting], changes: list[Change]) -> list[Turn]:
    moves = [
        (counting, customer_id, added, change)
        for change in changes
        for counting in countings
        for customer_id, added in _shares(counting, change)
    ]
    if not moves:
        return []
    keys = {(counting.campaign, counting.epoch, customer_id) for counting, customer_id, *_ in moves}
    rows = _progress(connection, keys)
    crossed: dict[tuple[str, int, int], tuple[Counting, dict[int, Cause]]] = {}
    before = {key: row["standing"] for key, row in rows.items()}
    for counting, customer_id, added, change in moves:
        key = (counting.campaign, counting.epoch, customer_id)
        row, (_, causes) = rows[key], crossed.setdefault(key, (counting, {}))
        row["measure"] += added.measure
        row["earlier"] += added.earlier
        now_standing = standing(counting, row["measure"], row["earlier"])
        if now_standing != row["standing"]:
            low, high = sorted((row["standing"], now_standing))
            causes |= dict.fromkeys(range(low + 1, high + 1), _cause(change.new, change.event_id))
        row["standing"] = now_standing
    turns: list[Turn] = []
    for key, (counting, causes) in crossed.items():
        turns += _steps(counting, key[2], before[key], rows[key]["standing"], causes)
    _WRITE_PROGRESS(connection, list(rows.values()))
    return turns


def _shares(counting: Counting, change: Change) -> list[tuple[int, Share]]:
    """What a change adds to whom, where it is anything."""
    old, new = share(counting, change.old), share(counting, change.new)
    has = change.new.customer_id
    had = has if change.old is None else change.old.customer_id
    if had == has:
        moves = [(has, Share(new.measure - old.measure, new.earlier - old.earlier))]
    else:
        moves = [(had, Share(-old.measure, -old.earlier)), (has, new)]
    return [move for move in moves if move[1] != NOTHING]


def _steps(counting: Counting, whose: int, before: int, after: int, causes: dict[int, Cause]) -> list[Turn]:
    """The occasions between two numbers that stand; `causes` has what crossed each of them last."""
    up = after > before
    numbers = range(before + 1, after + 1) if up else range(before, after, -1)
    return [Turn(counting, whose, str(number), up, causes[number]) for number in numbers]


def _progress(
    connection: Connection, keys: set[tuple[str, int, int]]
) -> dict[tuple[str, int, int], dict[str, Any]]:
    empty = {"measure": 0, "earlier": 0, "standing": 0}
    rows: dict[tuple[str, int, int], dict[str, Any]] = {
        key: {"campaign": key[0], "epoch": key[1], "customer_id": key[2], **empty} for key in sorted(keys)
    }
    whose = {
        "campaigns": sorted({key[0] for key in keys}),
        "epochs": sorted({key[1] for key in keys}),
        "customers": sorted({key[2] for key in keys}),
    }
    for row in _PROGRESS(connection, whose):
        key = (row.campaign, row.epoch, row.customer_id)
        if key in rows:
            rows[key] = row._asdict()
    return rows


def _known(connection: Connection, turns: list[Turn]) -> dict[tuple[str, int, int, str], Any]:
    keys = {_key(turn) for turn in turns}
    wanted = {
        "customers": sorted({key[2] for key in keys}),
        "campaigns": sorted({key[0] for key in keys}),
        "identities": sorted({key[3] for key in keys}),
    }
    found = {
        (row.campaign, row.epoch, row.customer_id, row.identity): row
        for row in _OCCASIONS(connection, wanted)
    }
    return {key: row for key, row in found.items() if key in keys}


# --- arising ----------------------------------------------------------------------------------


def _arise(connection: Connection, turn: Turn, tellings: list[Telling], now: int) -> int:
    counting, cause = turn.counting, turn.cause
    disposition = _disposition(connection, turn)
    occasion = {"identity": turn.identity, "occurred_at": cause.occurred_at}
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
            "disposition": disposition,
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
    if disposition != "started":
        return 0
    name = workflow_id(counting.campaign, counting.epoch, turn.customer_id, turn.identity, 1)
    _new_instance(
        connection, name, occasion_id, 1, counting.campaign, counting.version, turn.customer_id, None, now
    )
    tellings.append(_start(counting.plan, name, names, cause.occurred_at))
    return 1


def _start(plan: Plan, instance_id: str, names: str, due: int) -> Telling:
    """What an instance is started with: of an event's or a person's words only what its conditions read.

    Everything else stays in the occasion's row, where it can be erased; messages find it there.
    """
    needed = reads(plan)
    told = {
        owner: {key: value for key, value in fields.items() if owner in OURS or f"{owner}.{key}" in needed}
        for owner, fields in json.loads(names).items()
    }
    return Telling(instance_id, "start", {"names": told, "due": due})


def _disposition(connection: Connection, turn: Turn) -> str:
    """What comes of an occasion, decided once: see Occasion."""
    plan = turn.counting.plan
    if turn.cause.history:
        return "historical"
    if is_held_out(plan, turn.customer_id):
        return "held_out"
    if plan.limit is not None and not _within_limit(connection, turn, plan.limit):
        return "over_limit"
    return "started"


def _within_limit(connection: Connection, turn: Turn, limit: Limit) -> bool:
    """Whether one more occasion of the customer exceeds the limit in no window that it falls into."""
    at = turn.cause.occurred_at
    zone = _ZONE(connection, {"whose": turn.customer_id}).scalar()
    start, end = reach(limit, at, zone or turn.counting.plan.timezone)
    window = {
        "of": turn.counting.campaign,
        "whose": turn.customer_id,
        "window_start": start,
        "window_end": end,
    }
    others = _OTHERS(connection, window).scalars()
    return fits(limit, at, list(others))


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
        tellings.append(Telling(_latest(occasion), "reverse", {"at": now}))


def _stand_again(connection: Connection, turn: Turn, occasion: Any, tellings: list[Telling], now: int) -> int:
    _set_status(connection, occasion.id, "standing", now)
    restore_rewards(connection, occasion.id, now)
    if occasion.disposition != "started":
        return 0
    last = connection.execute(select(INSTANCE).where(INSTANCE.c.id == _latest(occasion))).one()
    if last.status == "closed" and last.outcome != "reversed":
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
    )
    connection.execute(update(OCCASION).where(OCCASION.c.id == occasion.id).values(generation=generation))
    tellings.append(
        Telling(name, "start", {"names": json.loads(occasion.names), "due": turn.cause.occurred_at})
    )
    return 1


def _set_status(connection: Connection, occasion_id: int, status: str, now: int) -> None:
    connection.execute(
        update(OCCASION).where(OCCASION.c.id == occasion_id).values(status=status, changed_at=now)
    )


def _latest(occasion: Any) -> str:
    return workflow_id(
        occasion.campaign, occasion.epoch, occasion.customer_id, occasion.identity, occasion.generation
    )

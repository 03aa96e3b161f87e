"""From changed orders to the turns of occasions: each campaign's progress is brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from punchcard.domain.among import among
from punchcard.domain.database import table
from punchcard.domain.occasions import Progress
from punchcard.domain.prepared import Prepared
from punchcard.router.match import (
    NOTHING,
    Counting,
    Purchase,
    Share,
    counts_orders,
    order_identity,
    order_names,
    share,
    standing,
    takes_each_order,
)
from punchcard.router.purchases import Change
from punchcard.router.turns import Cause, Turn

PROGRESS = table(Progress)

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

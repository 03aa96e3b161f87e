"""From changed orders to the turns of occasions: each campaign's progress is brought up to date."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from punchcard.router.booking import Change
from punchcard.router.counting import Counting
from punchcard.router.folding import folds
from punchcard.router.match import (
    NOTHING,
    Share,
    counts_orders,
    order_identity,
    share,
    standing,
    takes_each_order,
)
from punchcard.router.progress import read_progress, write_progress
from punchcard.router.recounting import recount
from punchcard.router.turns import Cause, Turn, cause_of


def turns_of_orders(
    connection: Connection, countings: Iterable[Counting], changes: list[Change]
) -> list[Turn]:
    """Bring each campaign's progress up to date with the changed orders, and return the turns that follow."""
    turns: list[Turn] = []
    counted: list[Counting] = []
    folded: list[Counting] = []
    for counting in countings:
        if folds(counting.plan):
            folded.append(counting)
        elif counts_orders(counting.plan):
            counted.append(counting)
        elif takes_each_order(counting.plan):
            turns += [turn for change in changes for turn in _turns_of_order(counting, change)]
    return turns + _count(connection, counted, changes) + recount(connection, folded, changes)


def _turns_of_order(counting: Counting, change: Change) -> list[Turn]:
    """The order's occasion falls with the customer who had it, and arises with the one who has it."""
    had = change.old.customer_id if change.old and share(counting, change.old).measure else None
    has = change.new.customer_id if share(counting, change.new).measure else None
    if had == has:
        return []
    identity, cause = order_identity(change.new), cause_of(change.new, change.event_id)
    turns = [] if had is None else [Turn(counting, had, identity, False, cause)]
    return turns if has is None else [*turns, Turn(counting, has, identity, True, cause)]


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
    rows = read_progress(connection, keys)
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
            causes |= dict.fromkeys(range(low + 1, high + 1), cause_of(change.new, change.event_id))
        row["standing"] = now_standing
    turns: list[Turn] = []
    for key, (counting, causes) in crossed.items():
        turns += _steps(counting, key[2], before[key], rows[key]["standing"], causes)
    write_progress(connection, list(rows.values()))
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

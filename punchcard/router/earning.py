"""From changed orders to the turns of occasions: each campaign's progress is brought up to date.

How many occasions stand is counted by adding up, which needs no order but the changed one. Which order each of them
names depends on all that lie before it: where an order comes behind all others it is that one, and only what happened
earlier is folded anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from punchcard.router.booking import Change
from punchcard.router.counting import Counting
from punchcard.router.folding import fold, folds
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
from punchcard.router.purchase import Purchase
from punchcard.router.recounting import orders_of, recount
from punchcard.router.turns import Cause, Turn, Turns, cause_of

Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Move:
    """What a change adds to a customer's progress; `at` is from when on it may change what occasions name."""

    counting: Counting
    customer_id: int
    added: Share
    at: int
    appends: bool
    change: Change

    @property
    def key(self) -> Key:
        return self.counting.campaign, self.counting.epoch, self.customer_id


@dataclass(slots=True)
class _Tally:
    """One customer's progress in one campaign: `causes` has what crossed each occasion last.

    `anew` is from when on it has to be found anew which orders occasions name; None if nothing earlier has changed.
    """

    counting: Counting
    before: int
    causes: dict[int, Cause] = field(default_factory=dict)
    anew: int | None = None


def turns_of_orders(connection: Connection, countings: Iterable[Counting], changes: list[Change]) -> Turns:
    """Bring each campaign's progress up to date with the changed orders, and return the turns that follow."""
    found = Turns([], [])
    counted: list[Counting] = []
    folded: list[Counting] = []
    for counting in countings:
        if folds(counting.plan):
            folded.append(counting)
        elif counts_orders(counting.plan):
            counted.append(counting)
        elif takes_each_order(counting.plan):
            found.turning.extend(turn for change in changes for turn in _turns_of_order(counting, change))
    _count(connection, counted, changes, found)
    recount(connection, folded, changes, found)
    return found


def _turns_of_order(counting: Counting, change: Change) -> list[Turn]:
    """The order's occasion falls with the customer who had it, and arises with the one who has it."""
    had = change.old.customer_id if change.old and share(counting, change.old).measure else None
    has = change.new.customer_id if share(counting, change.new).measure else None
    if had == has:
        return []
    identity, cause = order_identity(change.new), cause_of(counting, change.new, change.event_id)
    turns = [] if had is None else [Turn(counting, had, identity, False, cause)]
    return turns if has is None else [*turns, Turn(counting, has, identity, True, cause)]


def _count(connection: Connection, countings: list[Counting], changes: list[Change], found: Turns) -> None:
    moves = [move for change in changes for counting in countings for move in _moves(counting, change)]
    if not moves:
        return
    rows = read_progress(connection, {move.key for move in moves})
    tallies: dict[Key, _Tally] = {}
    for move in moves:
        tally = tallies.setdefault(move.key, _Tally(move.counting, rows[move.key]["standing"]))
        _add(tally, rows[move.key], move)
    late = {key for key, tally in tallies.items() if tally.anew is not None and rows[key]["standing"]}
    orders = orders_of(connection, {key[2] for key in late})
    for key, tally in tallies.items():
        named = _named(tally, rows[key], orders[key[2]]) if key in late else {}
        _steps(tally, key[2], rows[key]["standing"], named, found)
    write_progress(connection, list(rows.values()))


def _moves(counting: Counting, change: Change) -> list[_Move]:
    """What a change adds to whom, where it is anything; an order that only happened at another time adds nothing."""
    old, new = share(counting, change.old), share(counting, change.new)
    at = change.new.occurred_at
    has = change.new.customer_id
    if change.old is None:
        return [] if new == NOTHING else [_Move(counting, has, new, at, True, change)]
    had, was_at = change.old.customer_id, change.old.occurred_at
    if had != has:
        left = _Move(counting, had, Share(-old.measure, -old.earlier), was_at, False, change)
        came = _Move(counting, has, new, at, True, change)
        return [move for move in (left, came) if move.added != NOTHING]
    added = Share(new.measure - old.measure, new.earlier - old.earlier)
    moved = bool(old.measure and new.measure and at != was_at)
    if added == NOTHING and not moved:
        return []
    since = min(at, was_at) if old.measure else at
    return [_Move(counting, has, added, since, not old.measure, change)]


def _add(tally: _Tally, row: dict[str, Any], move: _Move) -> None:
    row["measure"] += move.added.measure
    row["earlier"] += move.added.earlier
    is_last = row["latest"] is not None and move.at > row["latest"]
    if move.added.earlier or not (move.appends and move.added.measure and is_last):
        tally.anew = move.at if tally.anew is None else min(tally.anew, move.at)
    if row["latest"] is not None and share(move.counting, move.change.new).measure:
        row["latest"] = max(row["latest"], move.change.new.occurred_at)
    now = standing(move.counting, row["measure"], row["earlier"])
    if now != row["standing"]:
        low, high = sorted((row["standing"], now))
        new = move.change.new
        history = new.history and move.added.measure > 0
        cause = replace(cause_of(move.counting, new, move.change.event_id), history=history)
        tally.causes |= dict.fromkeys(range(low + 1, high + 1), cause)
    row["standing"] = now


def _named(tally: _Tally, row: dict[str, Any], orders: list[Purchase]) -> dict[int, Purchase]:
    """Which order each standing occasion names, as far as that may have changed; those that arise among them."""
    counted = [share(tally.counting, order).measure for order in orders]
    row["latest"] = max(
        (order.occurred_at for order, measure in zip(orders, counted, strict=True) if measure), default=0
    )
    crossings = fold(tally.counting, orders, row["measure"] - sum(counted)).crossings
    assert tally.anew is not None, "something earlier has changed"
    return {
        number: order
        for number, order in enumerate(crossings[: row["standing"]], start=1)
        if number > tally.before or order.occurred_at >= tally.anew
    }


def _steps(tally: _Tally, whose: int, after: int, named: dict[int, Purchase], found: Turns) -> None:
    """The occasions between two numbers that stand, and those before whose order may be another one."""
    counting, before, causes = tally.counting, tally.before, tally.causes
    for number in range(before, after, -1):
        found.turning.append(Turn(counting, whose, str(number), False, causes[number]))
    for number, order in named.items():
        if number <= before:
            cause = cause_of(counting, order, None)
            found.staying.append(Turn(counting, whose, str(number), True, cause))
    for number in range(before + 1, after + 1):
        cause = causes[number]
        if number in named:
            cause = cause_of(counting, named[number], cause.event_id, history=cause.history)
        found.turning.append(Turn(counting, whose, str(number), True, cause))

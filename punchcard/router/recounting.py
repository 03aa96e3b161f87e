"""Campaigns whose orders are folded in the order of time: those whose orders changed are counted anew from all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from punchcard.domain.among import among
from punchcard.domain.database import table
from punchcard.domain.orders import Order
from punchcard.domain.prepared import Prepared
from punchcard.router.booking import Change, purchase
from punchcard.router.counting import Counting
from punchcard.router.folding import Folded, fold
from punchcard.router.match import share
from punchcard.router.progress import read_progress, write_progress
from punchcard.router.purchase import Purchase
from punchcard.router.turns import Cause, Turn, Turns, cause_of

ORDER = table(Order)
_ORDERS = Prepared(select(ORDER).where(among(ORDER.c.customer_id, "customers")))


def orders_of(connection: Connection, customers: Iterable[int]) -> dict[int, list[Purchase]]:
    """Return all orders of these customers as they stand."""
    found: dict[int, list[Purchase]] = {whose: [] for whose in sorted(customers)}
    if found:
        for row in _ORDERS(connection, {"customers": list(found)}):
            found[row.customer_id].append(purchase(row._asdict()))
    return found


def recount(
    connection: Connection, countings: Sequence[Counting], changes: Sequence[Change], found: Turns
) -> None:
    """Bring these campaigns' progress up to date with the changed orders, and add the turns that follow."""
    touched = _touched(countings, changes)
    if not touched:
        return
    rows = read_progress(
        connection, {(c.campaign, c.epoch, whose) for whose, each in touched.items() for c, _ in each}
    )
    orders = orders_of(connection, touched)
    news = {change.new.id: change for change in changes}
    for whose, each in touched.items():
        last = next(change for change in reversed(changes) if whose in _owners(change))
        for counting, since in each:
            row = rows[counting.campaign, counting.epoch, whose]
            folded = fold(counting, orders[whose], row["earlier"])
            _turns(counting, whose, row["standing"], folded, news, last, found)
            _stays(counting, whose, row["standing"], folded, since, found)
            row |= {"measure": folded.measure, "standing": len(folded.crossings)}
    write_progress(connection, list(rows.values()))


def _touched(
    countings: Sequence[Counting], changes: Sequence[Change]
) -> dict[int, list[tuple[Counting, int]]]:
    """Which campaigns have to be counted anew for whom, and from when on that may change anything."""
    found: dict[int, list[tuple[Counting, int]]] = {}
    for counting in countings:
        since: dict[int, int] = {}
        for change in changes:
            for order in (change.old, change.new):
                if order is not None and share(counting, order).measure:
                    for whose in _owners(change):
                        since[whose] = min(order.occurred_at, since.get(whose, order.occurred_at))
        for whose, at in since.items():
            found.setdefault(whose, []).append((counting, at))
    return dict(sorted(found.items()))


def _owners(change: Change) -> set[int]:
    return {change.new.customer_id} | ({change.old.customer_id} if change.old else set())


def _turns(
    counting: Counting,
    whose: int,
    before: int,
    folded: Folded,
    news: Mapping[int, Change],
    last: Change,
    found: Turns,
) -> None:
    """The occasions between what stood and what stands; each names the order that makes it."""
    after = len(folded.crossings)
    for number in range(before, after, -1):
        cause = cause_of(counting, last.new, last.event_id)
        found.turning.append(Turn(counting, whose, str(number), False, cause))
    for number in range(before + 1, after + 1):
        cause = _cause(counting, folded.crossings[number - 1], news, last)
        found.turning.append(Turn(counting, whose, str(number), True, cause))


def _stays(counting: Counting, whose: int, before: int, folded: Folded, since: int, found: Turns) -> None:
    """The occasions that stand as before, and may do so by another order."""
    for number, order in enumerate(folded.crossings[:before], start=1):
        if order.occurred_at >= since:
            found.staying.append(Turn(counting, whose, str(number), True, cause_of(counting, order, None)))


def _cause(counting: Counting, crossing: Purchase, news: Mapping[int, Change], last: Change) -> Cause:
    change = news.get(crossing.id, last)
    return cause_of(counting, crossing, change.event_id, history=change.new.history)

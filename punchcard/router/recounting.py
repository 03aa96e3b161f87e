"""Campaigns whose orders are folded in the order of time: those whose orders changed are counted anew from all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from punchcard.domain.among import among
from punchcard.domain.database import table
from punchcard.domain.orders import Order
from punchcard.domain.prepared import Prepared
from punchcard.router.booking import Change, purchase
from punchcard.router.counting import Counting
from punchcard.router.folding import Folded, fold
from punchcard.router.match import NOTHING, share
from punchcard.router.progress import read_progress, write_progress
from punchcard.router.purchase import Purchase
from punchcard.router.turns import Cause, Turn, cause_of

ORDER = table(Order)
_ORDERS = Prepared(select(ORDER).where(among(ORDER.c.customer_id, "customers")))


def recount(connection: Connection, countings: Sequence[Counting], changes: Sequence[Change]) -> list[Turn]:
    """Bring these campaigns' progress up to date with the changed orders, and return the turns that follow."""
    touched = _touched(countings, changes)
    if not touched:
        return []
    rows = read_progress(
        connection, {(c.campaign, c.epoch, whose) for whose, found in touched.items() for c in found}
    )
    orders: dict[int, list[Purchase]] = {whose: [] for whose in touched}
    for row in _ORDERS(connection, {"customers": sorted(touched)}):
        orders[row.customer_id].append(purchase(row._asdict()))
    news = {change.new.id: change for change in changes}
    turns: list[Turn] = []
    for whose, found in sorted(touched.items()):
        last = next(change for change in reversed(changes) if whose in _owners(change))
        for counting in found:
            row = rows[counting.campaign, counting.epoch, whose]
            folded = fold(counting, orders[whose], row["earlier"])
            turns += _turns(counting, whose, row["standing"], folded, news, last)
            row |= {"measure": folded.measure, "standing": len(folded.crossings)}
    write_progress(connection, list(rows.values()))
    return turns


def _touched(countings: Sequence[Counting], changes: Sequence[Change]) -> dict[int, list[Counting]]:
    """Which campaigns have to be counted anew for whom."""
    found: dict[int, list[Counting]] = {}
    for counting in countings:
        for change in changes:
            if share(counting, change.old) == NOTHING and share(counting, change.new) == NOTHING:
                continue
            for whose in _owners(change):
                if counting not in found.setdefault(whose, []):
                    found[whose].append(counting)
    return found


def _owners(change: Change) -> set[int]:
    return {change.new.customer_id} | ({change.old.customer_id} if change.old else set())


def _turns(
    counting: Counting, whose: int, before: int, folded: Folded, news: Mapping[int, Change], last: Change
) -> list[Turn]:
    """The occasions between what stood and what stands; each is caused by the order that made it, if that is new."""
    after = len(folded.crossings)
    if after <= before:
        cause = cause_of(last.new, last.event_id)
        return [Turn(counting, whose, str(number), False, cause) for number in range(before, after, -1)]
    return [
        Turn(counting, whose, str(number), True, _cause(folded.crossings[number - 1], news, last))
        for number in range(before + 1, after + 1)
    ]


def _cause(crossing: Purchase, news: Mapping[int, Change], last: Change) -> Cause:
    change = news.get(crossing.id, last)
    return cause_of(change.new, change.event_id)

"""The demo's beginning: the clock, the customers and the older part of their purchases; or its going on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select

from punchcard.demo import pace
from punchcard.demo.purchases import find_sample, read_sample
from punchcard.demo.timeline import Timeline, lay_out
from punchcard.domain.clock import read_clock
from punchcard.domain.database import Database, table
from punchcard.domain.events import Event
from punchcard.domain.keys import create_key, list_keys, revoke_key
from punchcard.errors import ConfigurationError
from punchcard.router.ingest import Ingest
from punchcard.router.wire import MAX_BATCH

SOURCE = "demo"
SCOPES = ("events:write", "codes:redeem", "instances:start")
EVENT = table(Event)

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Begun:
    """A demo that can be played: its timeline, and whether it goes on from an earlier start."""

    timeline: Timeline
    goes_on: bool


def begin(database: Database, seconds_a_day: float) -> Begun:
    """Set the clock for a new demo, or set it on for one that has begun; no other process may run yet.

    ConfigurationError if the database holds data that is not a demo's, or the purchase history is missing.
    """
    purchases = read_sample(find_sample())
    days = [purchase.day for purchase in purchases]
    with database.begin() as connection:
        _holds_nothing_else(connection)
        first_day = _first_day(connection)
        last_day = first_day + (max(days) - min(days)) if first_day else datetime.now(UTC).date()
        timeline = lay_out(purchases, last_day)
        if first_day:
            pace.go_on(connection)
        else:
            pace.begin(connection, timeline.live_from, seconds_a_day)
    return Begun(timeline, first_day is not None)


def import_history(database: Database, timeline: Timeline, report: Report) -> int:
    """Take in the customers and the older part of their orders, which rewards nobody; return how many were new."""
    events = [*timeline.profiles(), *(order.event() for order in timeline.history())]
    with database.read() as connection:
        clock = read_clock(connection)
        known = connection.execute(
            select(func.count()).where(EVENT.c.source == SOURCE, EVENT.c.history.is_(True))
        ).scalar_one()
    if known == len(events):
        return 0
    ingest, done, new = Ingest(database, clock), 0, 0
    for batch in _batches(events):
        results = ingest(SOURCE, batch, history=True)
        done += len(batch)
        new += sum(result.status == "accepted" for result in results)
        report(done, len(events))
    return new


def make_key(database: Database) -> str:
    """Return a new API key for what is played live; the one of an earlier start ends."""
    with database.begin() as connection:
        now = read_clock(connection).now()
        if any(key.name == SOURCE and key.revoked_at is None for key in list_keys(connection)):
            revoke_key(connection, SOURCE, "cli", now)
        _, secret = create_key(connection, SOURCE, SCOPES, "cli", now, source=SOURCE)
    return secret


def _holds_nothing_else(connection: Connection) -> None:
    if pace.is_set(connection):
        return
    if connection.execute(select(EVENT.c.id).limit(1)).first() is not None:
        raise ConfigurationError(
            "The database holds events that are not a demo's, and a demo would mix its own with them.",
            remedy="Give the demo a place of its own: PUNCHCARD_DATA_DIR=.punchcard-demo",
        )


def _first_day(connection: Connection) -> date | None:
    """Return the day on which the demo's customers joined, if there is a demo that goes on."""
    if not pace.is_set(connection):
        return None
    joined = connection.execute(
        select(func.min(EVENT.c.occurred_at)).where(EVENT.c.source == SOURCE, EVENT.c.type == "profile")
    ).scalar()
    return datetime.fromtimestamp(joined / 1000, UTC).date() if joined is not None else None


def _batches(events: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(events)
    while batch := list(islice(left, MAX_BATCH)):
        yield batch

"""Scheduled triggers at virtual time: who is due next is asked ahead, and the real search runs at that instant."""

from __future__ import annotations

from sqlalchemy import Connection, select

from punchcard.domain.database import Database, table
from punchcard.domain.sweeps import Sweep
from punchcard.plan.rhythm import Span
from punchcard.router.catalogue import CampaignCache
from punchcard.router.counting import Counting
from punchcard.router.due import SEARCHES
from punchcard.router.sweep import BATCH, Sweeper
from punchcard.trial.clock import VirtualClock

SWEEP = table(Sweep)


class Sweeps:
    """What a schedule of Temporal does every minute, only when it would find somebody."""

    def __init__(self, database: Database, clock: VirtualClock) -> None:
        self._database = database
        self._clock = clock
        self._campaigns = CampaignCache()
        self._sweeper = Sweeper(database, clock)

    def next(self, until: int | None) -> int | None:
        """Return when somebody becomes due after now and up to an instant; None if nobody does."""
        now = self._clock.now()
        if until is None or until <= now:
            return None
        with self._database.read() as connection:
            searched = [
                counting
                for counting in self._campaigns.current(connection).counting
                if type(counting.plan.trigger) in SEARCHES
            ]
            found = [
                at
                for counting in searched
                if (at := _first(connection, counting, Span(max(now, counting.counts_from - 1), until)))
                and (counting.until is None or at < counting.until)
            ]
            late = (_caught_up(connection, counting, now) for counting in searched)
            found += [at for at in late if at is not None and at <= until]
        return min(found, default=None)

    def run(self) -> None:
        """Find all who are due by now."""
        while self._sweeper.round().more:
            pass


def _first(connection: Connection, counting: Counting, span: Span) -> int | None:
    """The first instant within a span at which the real search would find somebody."""
    search = SEARCHES[type(counting.plan.trigger)]
    if search.instants is None:
        due = search.find(connection, counting, span, 0, BATCH).due
        # What was due before is found again each time, where it may become known late: that is caught up.
        return min((each.at for each in due if each.at > span.after), default=None)
    # What has happened so far may be found at once, and everything else as time passes.
    for at in (span.after + 1, *search.instants(connection, counting, span)):
        if search.find(connection, counting, Span(span.after, at), 0, 1).turned:
            return at
    return None


def _caught_up(connection: Connection, counting: Counting, now: int) -> int | None:
    """When the search goes on, if it is to find somebody of whom it has become known only since that he was due."""
    search = SEARCHES[type(counting.plan.trigger)]
    row = connection.execute(
        select(SWEEP).where(SWEEP.c.campaign == counting.campaign, SWEEP.c.epoch == counting.epoch)
    ).first()
    swept, goes_on = (counting.counts_from - 1, now) if row is None else (row.swept_until, row.next_due)
    after = max(swept, counting.counts_from - 1, now - counting.plan.max_lateness)
    upto = now if counting.until is None else min(now, counting.until - 1)
    if search.instants is not None or after >= upto:
        return None
    due = search.find(connection, counting, Span(after, upto), 0, BATCH).due
    return max(now, goes_on) if due else None

"""What worker, dispatcher and Temporal's timers do for all instances of a database, in one thread, at virtual time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import bindparam, func, select

from punchcard.domain.batches import close_batch
from punchcard.domain.database import Database, table
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.outbox_lease import Leased, lease, mark_done, mark_too_late, postpone
from punchcard.domain.plans import Plans
from punchcard.domain.prepared import Prepared
from punchcard.plan.state import State
from punchcard.router.starting import batch_of, delivery_of, start_of, take_over
from punchcard.trial.clock import VirtualClock
from punchcard.trial.walk import Performer, Walk

OUTBOX = table(OutboxRow)
BATCH = 64

_NEXT_START = Prepared(
    select(func.min(OUTBOX.c.not_before)).where(
        OUTBOX.c.status == "pending", OUTBOX.c.not_before > bindparam("now")
    )
)


class Walks(Protocol):
    """What brings every instance up to the instant at which the clock stands."""

    def settle(self) -> None:
        """Tell every instance what the outbox holds for it, until all have come to rest."""
        ...

    @property
    def next_deadline(self) -> int | None:
        """The nearest instant at which some instance has to be woken."""
        ...

    def wake(self) -> None:
        """Wake every instance whose deadline has come."""
        ...

    @property
    def states(self) -> tuple[tuple[str, State], ...]:
        """Where each instance that has started stands, with its campaign."""
        ...


class Walker:
    """Brings every instance up to an instant."""

    def __init__(self, database: Database, clock: VirtualClock, performers: Mapping[str, Performer]) -> None:
        self._database = database
        self._clock = clock
        self._performers = performers
        self._plans = Plans()
        self._walks: dict[str, Walk] = {}
        self._wall = 0

    def settle(self) -> None:
        """Tell every instance what the outbox holds for it, until it holds nothing more."""
        while rows := self._lease():
            for row in rows:
                self._tell(row)

    @property
    def next_deadline(self) -> int | None:
        """The nearest instant at which some instance has to be woken."""
        deadlines = [due for walk in self._walks.values() if (due := walk.deadline) is not None]
        return min([*deadlines, *self._starts()], default=None)

    def wake(self) -> None:
        """Wake every instance whose deadline has come."""
        now = self._clock.now()
        for walk in list(self._walks.values()):
            due = walk.deadline
            if due is not None and due <= now:
                walk.wake(due)
                walk.go_on()

    @property
    def states(self) -> tuple[tuple[str, State], ...]:
        """Where each instance that has started stands, with its campaign."""
        return tuple((walk.plan.campaign, walk.state) for walk in self._walks.values())

    def _starts(self) -> list[int]:
        """The nearest instant at which an instance may start that waits for its turn."""
        with self._database.read() as connection:
            found = _NEXT_START(connection, {"now": self._clock.now()}).scalar()
        return [] if found is None else [int(found)]

    def _lease(self) -> list[Leased]:
        """Take the rows that are due; each look is later than the last, and no lease outlasts it."""
        self._wall = max(self._wall + 1, self._clock.now())
        with self._database.begin() as connection:
            return lease(connection, BATCH, self._wall, seconds=0)

    def _tell(self, row: Leased) -> None:
        walk = self._walks.get(row.instance_id)
        if row.kind == "start":
            walk = self._start(row)
        elif walk is not None and not walk.over:
            walk.tell(delivery_of(row))
            self._done(row)
        else:
            with self._database.begin() as connection:
                mark_too_late(connection, row, self._clock.now())
        if walk is not None:
            walk.go_on()

    def _start(self, row: Leased) -> Walk | None:
        start = start_of(row, self._clock)
        with self._database.begin() as connection:
            if row.resumes is not None:
                resumed = take_over(connection, row, start, self._clock.now())
                if resumed == "waits":
                    postpone(connection, row, self._wall, "waits for the end of the generation before")
                    return None
                if resumed == "ended":
                    mark_too_late(connection, row, self._clock.now())
                    return None
            batch = batch_of(row)
            if batch is not None:
                start.names["batch"] = close_batch(connection, batch, self._clock.now())
            program = self._plans.program(connection, row.version)
            mark_done(connection, [row])
        walk = Walk(
            row.instance_id, program, start, self._database, self._clock, self._plans, self._performers
        )
        self._walks[row.instance_id] = walk
        return walk

    def _done(self, row: Leased) -> None:
        with self._database.begin() as connection:
            mark_done(connection, [row])

"""What all routes of one process share: the database, the clock, the way in for events, and the settings."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from limits.storage import MemoryStorage

from api.guessing import GuessLimit
from punchcard.domain.clock import Clock, read_clock
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.router.catalogue import CampaignCache
from punchcard.router.ingest import ItemResult
from punchcard.router.joining import JoinedIngest
from punchcard.settings import Settings


class Installation:
    """One process's share of an installation.

    The clock is read from the database on first use, so that a process can start, and say that it is not
    ready, while the database is away.
    """

    def __init__(self, settings: Settings, database: Database, secret: str) -> None:
        self.settings = settings
        self.database = database
        self.secret = secret
        self.guesses = GuessLimit(MemoryStorage())
        self.campaigns = CampaignCache()
        self.plans = Plans()
        self._lock = threading.Lock()
        self._clock: Clock | None = None
        self._ingest: JoinedIngest | None = None

    @property
    def clock(self) -> Clock:
        """The clock of business time."""
        with self._lock:
            if self._clock is None:
                with self.database.read() as connection:
                    self._clock = read_clock(connection)
            return self._clock

    async def take_in(self, source: str, items: Sequence[Any]) -> list[ItemResult]:
        """Take events in and return what became of each, in order."""
        ingest = self._ingest
        if ingest is None:
            ingest = await run_in_threadpool(self._open_ingest)
        return await ingest.run(source, items)

    def close(self) -> None:
        """Finish what is under way, and let go of the database."""
        if self._ingest is not None:
            self._ingest.close()
        self.database.close()

    def _open_ingest(self) -> JoinedIngest:
        clock = self.clock
        with self._lock:
            if self._ingest is None:
                self._ingest = JoinedIngest(self.database, clock)
            return self._ingest

    def now(self) -> int:
        """The present instant of business time."""
        return self.clock.now()


async def _installation(request: Request) -> Installation:
    """Return the installation that the application was made with; a coroutine, so that it needs no thread."""
    installation: Installation = request.app.state.installation
    return installation


Here = Annotated[Installation, Depends(_installation)]

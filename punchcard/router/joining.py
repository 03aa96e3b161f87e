"""Ingest for many callers at once: posts that come while a batch is under way are taken in together.

Each caller gets the answers to his own events, in the same words as if he had been alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import DBAPIError

from punchcard.batching import Batcher
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, is_away
from punchcard.router.ingest import Ingest, ItemResult
from punchcard.router.wire import MAX_BATCH

Post = tuple[str, Sequence[Any]]


class JoinedIngest:
    """Takes posts in, each in one transaction that it may share with others of the same source."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._ingest = Ingest(database, clock)
        self._batcher: Batcher[Post, list[ItemResult]] = Batcher(
            self._take_in,
            most=MAX_BATCH,
            concerns_all=lambda error: isinstance(error, DBAPIError) and is_away(error),
            name="ingest",
        )

    async def run(self, source: str, items: Sequence[Any]) -> list[ItemResult]:
        """Take events in and return what became of each, in order, once they stand."""
        return await self._batcher.run((source, items), key=source, size=len(items))

    def close(self) -> None:
        """Take in what waits."""
        self._batcher.close()

    def _take_in(self, posts: Sequence[Post]) -> list[list[ItemResult]]:
        source = posts[0][0]
        results = iter(self._ingest(source, [item for _, items in posts for item in items]))
        return [[next(results) for _ in items] for _, items in posts]

"""Orders through Punchcard's own ingest, in this process, with the running example counting each."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.ingestion.orders import SOURCE, PlacedOrder
from benchmarks.installation import install
from punchcard.domain.clock import Clock
from punchcard.router.ingest import Ingest


class Ours:
    """Ingest over one database."""

    def __init__(self, url: str) -> None:
        self._database = install(url, Clock())
        self._ingest = Ingest(self._database, Clock())

    def take(self, batch: Sequence[PlacedOrder]) -> None:
        """Take a batch in, in one transaction."""
        results = self._ingest(SOURCE, [order.envelope() for order in batch])
        assert all(result.status == "accepted" for result in results), results

    def close(self) -> None:
        """Close the database."""
        self._database.close()

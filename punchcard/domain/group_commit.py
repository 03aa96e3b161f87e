"""Group commit: pieces of work that come at the same moment share one transaction.

To commit costs more than to write a few rows. Each piece is answered once the transaction stands, so nobody
sees a difference but in the time that it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from punchcard.batching import Batcher
from punchcard.domain.database import Database, is_away

T = TypeVar("T")
Work = Callable[[Connection], Any]

MOST = 64


class GroupCommit:
    """Writes to one database, on a thread of its own. Work may be run twice: its transaction may be taken back."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._batcher: Batcher[Work, Any] = Batcher(
            self._commit,
            most=MOST,
            concerns_all=lambda error: isinstance(error, DBAPIError) and is_away(error),
            name="group commit",
        )

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do a piece of work in a transaction, and return its result once that is committed.

        Raises what the work raises; then nothing of it stands.
        """
        result: T = await self._batcher.run(work)
        return result

    def close(self) -> None:
        """Finish what waits."""
        self._batcher.close()

    def _commit(self, pieces: Sequence[Work]) -> list[Any]:
        with self._database.begin() as connection:
            return [work(connection) for work in pieces]

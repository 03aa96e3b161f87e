"""A database in memory that a trial can bring back to where it was, which costs next to nothing."""

from __future__ import annotations

import sqlite3
from functools import cache

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata


class Memory:
    """One SQLite database in memory, for one thread; `keep` remembers it, `restore` brings it back."""

    def __init__(self) -> None:
        self.database = Database("sqlite://")
        self.restore(_tables())

    def keep(self) -> bytes:
        """Return all that the database holds."""
        return self._driver().serialize()

    def restore(self, kept: bytes) -> None:
        """Let the database hold what was kept, and nothing else."""
        self._driver().deserialize(kept)

    def close(self) -> None:
        """Let go of it."""
        self.database.close()

    def _driver(self) -> sqlite3.Connection:
        pooled = self.database.engine.raw_connection()
        try:
            driver = pooled.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            return driver
        finally:
            pooled.close()


@cache
def _tables() -> bytes:
    """An empty database with every table, made once in a process."""
    database = Database("sqlite://")
    metadata.create_all(database.engine)
    pooled = database.engine.raw_connection()
    driver = pooled.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    kept = driver.serialize()
    pooled.close()
    database.close()
    return kept

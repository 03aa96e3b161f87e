"""A database in memory that is emptied between trials, which costs next to nothing."""

from __future__ import annotations

import sqlite3
from functools import cache

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata


class Memory:
    """One SQLite database in memory, for one thread."""

    def __init__(self) -> None:
        self.database = Database("sqlite://")
        self.clear()

    def clear(self) -> None:
        """Forget everything but the tables."""
        self._driver().deserialize(_tables())

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

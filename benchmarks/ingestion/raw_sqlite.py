"""The least that SQLite has to do for an order: insert it once, and add it to its customer's counter."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ingestion.orders import PlacedOrder

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32000")
_TABLES = (
    "CREATE TABLE purchase (id TEXT PRIMARY KEY, customer INTEGER, amount INTEGER, at INTEGER)",
    "CREATE TABLE counter (customer INTEGER PRIMARY KEY, spent INTEGER NOT NULL)",
)
_INSERT = "INSERT INTO purchase VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_COUNT = (
    "INSERT INTO counter VALUES (?, ?) ON CONFLICT (customer) DO UPDATE SET spent = spent + excluded.spent"
)


class RawSqlite:
    """One connection of the standard library's driver."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for statement in (*(f"PRAGMA {pragma}" for pragma in _PRAGMAS), *_TABLES):
            self._connection.execute(statement)

    def take(self, batch: Sequence[PlacedOrder]) -> None:
        """Take a batch in, in one transaction."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        for order in batch:
            cursor.execute(_INSERT, (order.id, order.customer, order.amount, order.at))
            if cursor.rowcount:
                cursor.execute(_COUNT, (order.customer, order.amount))
        cursor.execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

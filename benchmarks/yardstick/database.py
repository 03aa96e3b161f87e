"""The hand-written shop's tables in SQLite, and one connection for each thread that asks."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS customer (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL, first_name TEXT NOT NULL,
    spent INTEGER NOT NULL DEFAULT 0, crossings INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS purchase (
    id TEXT PRIMARY KEY, customer INTEGER NOT NULL, amount INTEGER NOT NULL, received_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS journey (
    id TEXT PRIMARY KEY, customer INTEGER NOT NULL, status TEXT NOT NULL, step TEXT NOT NULL,
    deadline INTEGER, updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS journey_by_status ON journey (status, step);
CREATE TABLE IF NOT EXISTS reward (
    journey TEXT PRIMARY KEY, customer INTEGER NOT NULL, code TEXT NOT NULL UNIQUE, percent INTEGER NOT NULL,
    status TEXT NOT NULL, issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, redeemed_at INTEGER
);
CREATE INDEX IF NOT EXISTS reward_by_customer ON reward (customer);
CREATE TABLE IF NOT EXISTS message (
    journey TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, mail_id TEXT, requested_at INTEGER NOT NULL,
    sent_at INTEGER, subject TEXT, text TEXT, html TEXT, PRIMARY KEY (journey, name)
);
CREATE TABLE IF NOT EXISTS question (
    journey TEXT PRIMARY KEY, customer INTEGER NOT NULL, asked_at INTEGER NOT NULL,
    answer INTEGER, answered_at INTEGER
);
CREATE INDEX IF NOT EXISTS question_by_customer ON question (customer);
CREATE TABLE IF NOT EXISTS journal (
    id INTEGER PRIMARY KEY, journey TEXT NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS journal_by_journey ON journal (journey);
"""

# As Punchcard sets them: the comparison is of the journeys, not of how safely a file is written.
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "cache_size=-32000")


class Database:
    """One SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        with self.begin() as connection:
            for statement in SCHEMA.split(";"):
                connection.execute(statement)

    @contextmanager
    def begin(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that holds the write lock from its start."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._path, isolation_level=None)
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        return connection

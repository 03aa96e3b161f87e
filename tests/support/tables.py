"""Databases with every table: made once in a process, since to copy a file or to empty one costs next to nothing."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata
from punchcard.trial.memory import Memory


def empty_database(file: Path) -> Database:
    """Return a database of its own in a new file."""
    file.write_bytes(_tables())
    return Database(f"sqlite:///{file}")


def make_tables(database: Database) -> None:
    """Make every table, where they are not there already."""
    name = database.url.database
    if not database.is_sqlite or not name:
        metadata.create_all(database.engine)
    elif not Path(name).exists():
        Path(name).write_bytes(_tables())


def trial_memory() -> Memory:
    """Return this process's database in memory, empty."""
    found = _trial_memory()
    found.clear()
    return found


@cache
def _trial_memory() -> Memory:
    return Memory()


@cache
def _tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tables.db"
        database = Database(f"sqlite:///{file}")
        metadata.create_all(database.engine)
        database.close()
        return file.read_bytes()

"""Databases with every table: made once in a process, since a copy of the file costs next to nothing."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata


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


@cache
def _tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tables.db"
        database = Database(f"sqlite:///{file}")
        metadata.create_all(database.engine)
        database.close()
        return file.read_bytes()

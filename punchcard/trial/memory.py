"""A database in memory that is emptied between trials, which costs next to nothing."""

from __future__ import annotations

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata

_EMPTYING = tuple(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))


class Memory:
    """One SQLite database in memory, for one thread."""

    def __init__(self) -> None:
        self.database: Database = Database("sqlite://")
        metadata.create_all(self.database.engine)

    def clear(self) -> None:
        """Forget everything but the tables; rows are numbered from 1 again."""
        with self.database.begin() as connection:
            for statement in _EMPTYING:
                connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Let go of it."""
        self.database.close()

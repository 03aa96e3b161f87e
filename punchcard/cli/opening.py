"""The database as a command finds it: reachable and with its tables, or one line that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from punchcard.cli.schema import upgrade
from punchcard.domain.database import Database
from punchcard.domain.schema import metadata
from punchcard.errors import ConfigurationError
from punchcard.settings import Settings


@contextmanager
def opened(settings: Settings, *, making: bool = True) -> Iterator[Database]:
    """Open the database while the block lasts; this machine's own file is made if it is missing.

    What only reads (`making=False`) makes none, and leaves nothing behind where there is none: it reads an empty one.
    """
    if settings.database_url is None:
        if not making and not settings.database_file.exists():
            with _empty() as database:
                yield database
            return
        upgrade(settings)
    database = Database(settings.database)
    try:
        _has_tables(database)
        yield database
    finally:
        database.close()


@contextmanager
def _empty() -> Iterator[Database]:
    """Open a database in memory, with all tables and nothing in them."""
    database = Database("sqlite://")
    try:
        metadata.create_all(database.engine)
        yield database
    finally:
        database.close()


def _has_tables(database: Database) -> None:
    try:
        found = inspect(database.engine).has_table("event")
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise ConfigurationError(
            f"The database cannot be used: {reason}.",
            remedy="Check that it runs and that PUNCHCARD_DATABASE_URL is right.",
        ) from None
    if not found:
        raise ConfigurationError("The database has no tables yet.", remedy="Run: punchcard migrate")

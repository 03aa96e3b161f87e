"""The database as a command finds it: reachable and with its tables, or one line that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from punchcard.cli.schema import upgrade
from punchcard.domain.database import Database
from punchcard.errors import ConfigurationError
from punchcard.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Open the database while the block lasts; this machine's own file is made if it is missing."""
    if settings.database_url is None:
        upgrade(settings)
    database = Database(settings.database)
    try:
        _has_tables(database)
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

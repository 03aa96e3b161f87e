"""A database with all tables, for what is imported."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    found = Database(f"sqlite:///{tmp_path / 'punchcard.db'}")
    metadata.create_all(found.engine)
    yield found
    found.close()

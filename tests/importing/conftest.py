"""A database with all tables, for what is imported."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from punchcard.domain.database import Database
from tests.support.tables import empty_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    found = empty_database(tmp_path / "punchcard.db")
    yield found
    found.close()

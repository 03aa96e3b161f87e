"""Fixtures for the router: books on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from punchcard.domain.database import Database
from tests.router.books import Books


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """Empty books in a SQLite file."""
    database = Database(f"sqlite:///{tmp_path / 'books.db'}")
    yield Books(database)
    database.close()


@pytest.fixture
def postgres_books(postgres_tables: str) -> Iterator[Books]:
    """Empty books in a PostgreSQL database."""
    database = Database(postgres_tables)
    yield Books(database)
    database.close()


@pytest.fixture(params=["books", "postgres_books"], ids=["sqlite", "postgresql"])
def each_books(request: pytest.FixtureRequest) -> Books:
    """Empty books on each kind of database."""
    found: Books = request.getfixturevalue(request.param)
    return found

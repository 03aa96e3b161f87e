"""Fixtures for the domain: a database of its own with every table, on SQLite or on both kinds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from punchcard.domain.database import Database
from tests.support.shop import Shop
from tests.support.spring import played, world
from tests.support.tables import empty_database

__all__ = ["played", "world"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    made = empty_database(tmp_path / "facts.db")
    yield made
    made.close()


@pytest.fixture
def postgres_database(postgres_tables: str) -> Iterator[Database]:
    """An empty database on PostgreSQL."""
    made = Database(postgres_tables)
    yield made
    made.close()


@pytest.fixture(params=["database", "postgres_database"], ids=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest) -> Database:
    """An empty database of each kind."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that writes."""
    with database.begin() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop with campaigns, for what needs instances."""
    made = Shop(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path)
    yield made
    made.here.database.close()

"""Fixtures for the API: a shop with an application and a database of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop on SQLite."""
    made = Shop(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path)
    yield made
    made.here.database.close()


@pytest.fixture
def postgres_shop(postgres_tables: str, tmp_path: Path) -> Iterator[Shop]:
    """A shop on PostgreSQL."""
    made = Shop(postgres_tables, tmp_path)
    yield made
    made.here.database.close()


@pytest.fixture
async def client(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a key that may do everything."""
    async with shop.client() as made:
        yield made

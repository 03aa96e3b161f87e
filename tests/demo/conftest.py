"""The purchases of the demo, and an installation to play them to."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from punchcard.demo.purchases import Purchase, find_sample, read_sample
from punchcard.demo.timeline import Timeline, lay_out
from punchcard.domain.database import Database
from tests.support.tables import empty_database


@pytest.fixture(scope="session")
def purchases() -> tuple[Purchase, ...]:
    """The whole sample."""
    return read_sample(find_sample())


@pytest.fixture(scope="session")
def timeline(purchases: tuple[Purchase, ...]) -> Timeline:
    """The sample as it is on a day of 2026."""
    return lay_out(purchases, date(2026, 5, 4))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    found = empty_database(tmp_path / "punchcard.db")
    yield found
    found.close()

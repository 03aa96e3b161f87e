"""Fixtures for the activities: a database with every table, and what a worker commits with."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from punchcard.domain.database import Database
from punchcard.domain.group_commit import GroupCommit
from tests.support.tables import empty_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    made = empty_database(tmp_path / "punchcard.db")
    yield made
    made.close()


@pytest.fixture
def commits(database: Database) -> Iterator[GroupCommit]:
    """Group commit into that database."""
    with contextlib.closing(GroupCommit(database)) as opened:
        yield opened

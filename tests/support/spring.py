"""Fixtures: a shop after its spring, played once for a run and copied for each test that wants it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.run_servers import shared_file
from tests.support.world import World, spring


@pytest.fixture(scope="session")
def played() -> Path:
    """The database of a shop after its spring."""
    return shared_file("spring.db", _play)


def _play(file: Path) -> None:
    world = spring(f"sqlite:///{file}")
    world.database.close()
    assert not file.with_name(f"{file.name}-wal").exists(), (
        "a copy of the file alone would lack what the log holds"
    )


@pytest.fixture
def world(played: Path, tmp_path: Path) -> Iterator[World]:
    """The shop after its spring, for one test to change."""
    shutil.copy(played, tmp_path / "console.db")
    made = World(f"sqlite:///{tmp_path / 'console.db'}")
    yield made
    made.database.close()

"""Backup and restore of the data directory."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from punchcard.embedded.backup import BackupRefused, back_up, restore


def _database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE fact (number INTEGER)")
    connection.execute("INSERT INTO fact VALUES (1)")
    return connection


def _facts(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM fact")]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory whose database is being written."""
    folder = tmp_path / "data"
    (folder / "mail").mkdir(parents=True)
    (folder / "mail" / "1.eml").write_text("Subject: hello\n")
    (folder / "secret.key").write_text("k" * 43)
    return folder


def test_a_backup_holds_what_was_committed_while_others_write(data_dir: Path, tmp_path: Path) -> None:
    """A copy is of one instant: what is in the write-ahead log is in it, what is not committed is not."""
    with closing(_database(data_dir / "punchcard.db")) as open_database:
        open_database.execute("BEGIN IMMEDIATE")
        open_database.execute("INSERT INTO fact VALUES (2)")
        copied = back_up(data_dir, tmp_path / "backup")
    assert copied == ["punchcard.db", "secret.key", "mail"]
    assert _facts(tmp_path / "backup" / "punchcard.db") == [1]


def test_a_restored_backup_is_the_installation_again(data_dir: Path, tmp_path: Path) -> None:
    """Everything that was copied stands in the new data directory."""
    _database(data_dir / "temporal.db").close()
    _database(data_dir / "punchcard.db").close()
    back_up(data_dir, tmp_path / "backup")
    restored = restore(tmp_path / "backup", tmp_path / "new")
    assert restored == ["temporal.db", "punchcard.db", "secret.key", "mail"]
    assert _facts(tmp_path / "new" / "temporal.db") == [1]
    assert (tmp_path / "new" / "mail" / "1.eml").read_text() == "Subject: hello\n"


def test_a_backup_overwrites_nothing(data_dir: Path, tmp_path: Path) -> None:
    """Neither an earlier backup nor an installation is written over."""
    _database(data_dir / "punchcard.db").close()
    back_up(data_dir, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="is not empty"):
        back_up(data_dir, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="holds an installation"):
        restore(tmp_path / "backup", data_dir)


def test_where_there_is_nothing_the_error_says_so(tmp_path: Path) -> None:
    """An empty folder is neither an installation nor a backup."""
    with pytest.raises(BackupRefused, match="no installation"):
        back_up(tmp_path, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="holds no backup"):
        restore(tmp_path, tmp_path / "new")

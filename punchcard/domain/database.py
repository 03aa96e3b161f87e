"""The database: one engine, and transactions that begin where they are opened and end there.

Instants are stored as epoch milliseconds (BIGINT), money in minor units, documents as JSON text, so that
SQLite and PostgreSQL hold the same values and compare them alike.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Column, Connection, Engine, Integer, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlmodel import Field, SQLModel

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "cache_size=-32000",
)

# PostgreSQL's class of what one statement asks too much of, such as too long a value for an index.
TOO_MUCH = "54"
# PostgreSQL's deadlock, serialization failure and unique violation: somebody else was there at the same moment.
COLLISIONS = frozenset({"40P01", "40001", "23505"})
ATTEMPTS = 5

T = TypeVar("T")

INSERTS: Mapping[str, Any] = MappingProxyType({"sqlite": sqlite.insert, "postgresql": postgresql.insert})

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)

# SQLite numbers rows only in a column typed INTEGER; PostgreSQL needs BIGINT to last.
Id = BigInteger().with_variant(Integer(), "sqlite")


def identity() -> Any:
    """Return the field of a surrogate key that the database numbers."""
    return Field(default=None, sa_column=Column(Id, primary_key=True, autoincrement=True))


def big(*, nullable: bool = False, index: bool = False, default: int | None = None) -> Any:
    """Return a field of 64 bits: an instant in epoch milliseconds, an amount in minor units, or a reference."""
    return Field(default=default, nullable=nullable, index=index, sa_type=BigInteger)


def table(model: type[SQLModel]) -> Table:
    """Return the table of a model, for set-based SQL."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


class Database:
    """One database by its SQLAlchemy URL (`sqlite:///…` or `postgresql+psycopg://…`).

    `sqlite://` is one in memory: a single connection, for one thread.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        # Errors end in logs, and the values of a statement may be somebody's name or address.
        in_memory = self.is_sqlite and parsed.database in (None, "", ":memory:")
        pool: dict[str, Any] = (
            {"poolclass": StaticPool} if in_memory else {"pool_size": pool_size, "max_overflow": 10}
        )
        self.engine: Engine = create_engine(
            parsed, pool_pre_ping=not self.is_sqlite, hide_parameters=True, **pool
        )
        self._writer: AbstractContextManager[Any] = (
            threading.Lock() if self.is_sqlite else contextlib.nullcontext()
        )
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction that writes: committed at the end, rolled back on an exception.

        SQLite has one writer at a time; within a process they queue here, since its own way of waiting is to
        sleep and look again.
        """
        with self._writer, self.engine.connect() as connection, connection.begin():
            yield connection

    def attempt(self, work: Callable[[Connection], T]) -> T:
        """Do a piece of work in a transaction that writes; one that met another on its way is done again."""
        for attempts_left in reversed(range(ATTEMPTS)):
            try:
                with self.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if not attempts_left or not collided(error):
                    raise
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that only reads: one consistent view, and it never waits for a writer."""
        with self.engine.connect().execution_options(punchcard_reads=True) as connection:
            yield connection

    def close(self) -> None:
        """Close every pooled connection; one that is still in use is closed as soon as it comes back."""
        event.listen(self.engine, "checkin", _close_late)
        self.engine.dispose()


def _close_late(_connection: Any, record: ConnectionPoolEntry) -> None:
    """The pool that it comes back to is gone, and would leave it open."""
    record.invalidate()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where a transaction will write: upgrading later can deadlock."""
    reads = connection.get_execution_options().get("punchcard_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def collided(error: DBAPIError) -> bool:
    """Whether a transaction failed only because of another one at the same moment, so that a new attempt is due."""
    return getattr(error.orig, "sqlstate", None) in COLLISIONS


def is_away(error: DBAPIError) -> bool:
    """Whether the database cannot be used at present, by anybody."""
    asks_too_much = str(getattr(error.orig, "sqlstate", None)).startswith(TOO_MUCH)
    return isinstance(error, OperationalError | InterfaceError) and not collided(error) and not asks_too_much


def upsert(connection: Connection, table: Any) -> Any:
    """Return the dialect's INSERT that knows ON CONFLICT."""
    return INSERTS[connection.dialect.name](table)


def dump(data: Any) -> str:
    """Return data as compact JSON text, keys sorted, so that equal data gives equal text."""
    return _CANONICAL.encode(data)

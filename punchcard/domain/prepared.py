"""Prepared statements: built and compiled once, then run on the driver's own cursor.

To hash a statement, look it up and wrap its result costs several times what SQLite needs to run it. On the
paths that every order and every tick takes, all of that is done once.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect
from sqlalchemy.exc import DBAPIError, NoResultFound

from punchcard.domain.database import INSERTS

Parameters = Mapping[str, Any]
Turn = Callable[[Any], Any]

NOTHING: Parameters = MappingProxyType({})


class Prepared:
    """One statement, for SQLite and PostgreSQL alike.

    `statement` is an executable of SQLAlchemy, or a function of the dialect's `insert`, which knows ON CONFLICT.
    An insert takes the columns of its first parameters, always the same ones. Called with a list of parameters,
    it runs once for each; one that returns rows returns one for each, in their order. Errors are SQLAlchemy's,
    without the parameters: they may be somebody's name.
    """

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def __call__(
        self, connection: Connection, parameters: Parameters | Sequence[Parameters] = NOTHING
    ) -> Rows:
        """Run it within the connection's transaction."""
        many = not isinstance(parameters, Mapping)
        each: Sequence[Parameters] = parameters if many else (parameters,)  # type: ignore[assignment]
        if not each:
            return Rows(())
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect, list(each[0]))
        cursor = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
        try:
            if len(each) == 1:
                cursor.execute(compiled.text, compiled.bind(each[0]))
                found = cursor.fetchall() if compiled.returns else ()
            else:
                found = _run_each(cursor, compiled, each, dialect)
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                compiled.text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
            ) from error
        return Rows([compiled.row(row) for row in found])

    def explain(self, connection: Connection) -> list[str]:
        """Return how SQLite would find the rows; nothing for an insert."""
        statement = self._statement
        if not (getattr(statement, "is_select", False) or getattr(statement, "is_update", False)):
            return []
        compiled = _compile(statement, connection.dialect, [])
        question = f"EXPLAIN QUERY PLAN {compiled.text}"
        found = connection.exec_driver_sql(question, tuple(None for _ in compiled.names))
        return [row[3] for row in found]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a statement gave: its rows as named tuples."""

    rows: Sequence[Any]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def first(self) -> Any | None:
        """Return the first row; None if there is none."""
        return self.rows[0] if self.rows else None

    def one(self) -> Any:
        """Return the first row; NoResultFound if there is none."""
        if not self.rows:
            raise NoResultFound("the statement gave no row")
        return self.rows[0]

    def scalar(self) -> Any:
        """Return the first value of the first row; None if there is none."""
        return self.rows[0][0] if self.rows else None

    def scalar_one(self) -> Any:
        """Return the first value of the first row; NoResultFound if there is none."""
        return self.one()[0]

    def scalars(self) -> list[Any]:
        """Return the first value of each row."""
        return [row[0] for row in self.rows]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in the words of one dialect, and how values are turned on their way in and out."""

    text: str
    names: tuple[str, ...]
    constants: Parameters
    binds: tuple[tuple[str, Turn], ...]
    reads: tuple[tuple[int, Turn], ...]
    is_positional: bool
    returns: bool
    make: Callable[[Sequence[Any]], Any]

    def bind(self, parameters: Parameters) -> Any:
        values = {**self.constants, **parameters} if self.constants or self.binds else parameters
        for name, turn in self.binds:
            values[name] = turn(values[name])  # type: ignore[index]
        if self.is_positional:
            return [values[name] for name in self.names]
        return {name: values[name] for name in self.names}

    def row(self, values: Sequence[Any]) -> Any:
        if self.reads:
            turned = list(values)
            for place, turn in self.reads:
                turned[place] = turn(turned[place])
            values = turned
        return self.make(values)


def _run_each(cursor: Any, compiled: _Compiled, each: Sequence[Parameters], dialect: Dialect) -> list[Any]:
    if not compiled.returns:
        cursor.executemany(compiled.text, [compiled.bind(one) for one in each])
        return []
    if dialect.name == "sqlite":
        return [cursor.execute(compiled.text, compiled.bind(one)).fetchall()[0] for one in each]
    cursor.executemany(compiled.text, [compiled.bind(one) for one in each], returning=True)
    found = []
    for _ in each:
        found.append(cursor.fetchone())
        cursor.nextset()
    return found


def _compile(statement: Any, dialect: Dialect, names: list[str]) -> _Compiled:
    if not hasattr(statement, "compile"):
        statement = statement(INSERTS[dialect.name])
    compiled = statement.compile(dialect=dialect, column_keys=None if statement.is_select else names)
    columns = getattr(compiled, "_result_columns", ())
    row_type: Any = namedtuple("Row", [column.keyname for column in columns])  # type: ignore[misc]
    bound = compiled.bind_names.items()
    return _Compiled(
        text=str(compiled),
        names=tuple(compiled.positiontup) if compiled.positional else tuple(name for _, name in bound),
        constants={name: bind.value for bind, name in bound if not bind.required and name not in names},
        binds=tuple((name, turn) for bind, name in bound if (turn := _turn_in(bind.type, dialect))),
        reads=tuple((place, turn) for place, c in enumerate(columns) if (turn := _turn_out(c.type, dialect))),
        is_positional=compiled.positional,
        returns=bool(columns),
        make=row_type._make,
    )


def _turn_in(type_: Any, dialect: Dialect) -> Turn | None:
    if isinstance(type_, Boolean):
        return None  # each driver takes a bool as it is
    turn: Turn | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return turn


def _turn_out(type_: Any, dialect: Dialect) -> Turn | None:
    turn: Turn | None = type_.dialect_impl(dialect).result_processor(dialect, None)
    return turn

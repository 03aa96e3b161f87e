"""`among(column, "names")`: a condition with a list as one parameter, so that its statement is built once."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Integer, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import ARRAY, TypeDecorator, TypeEngine


class _Listed(TypeDecorator[list[Any]]):
    """A list as one value: an array in PostgreSQL, a JSON text in SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.item))

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        return json.dumps(value) if dialect.name == "sqlite" else value


class _Among(FunctionElement[int]):
    type = Integer()  # as a Boolean, SQLite would be asked whether it is = 1, and use no index
    name = "among"
    inherit_cache = True


def among(column: ColumnElement[Any], name: str) -> Any:
    """Return the condition that a column's value is one of the list that is given as the parameter `name`."""
    return _Among(column, bindparam(name, type_=_Listed(column.type)))


@compiles(_Among, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    column, items = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({items}))"


@compiles(_Among, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    column, items = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY ({items})"

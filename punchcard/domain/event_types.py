"""Registered types of named events: versioned JSON Schemas that posted data is checked against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from sqlalchemy import Connection, insert, select

from punchcard.domain.database import dump, table
from punchcard.domain.events import EventType
from punchcard.domain.json_schemas import PROVIDED, SchemaUnfit, accept_schema, fields_of
from punchcard.domain.money import to_minor
from punchcard.errors import PunchcardError

EVENT_TYPE = table(EventType)
NO_MONEY = 'must be money, such as {"amount": "90.00", "currency": "USD"}'


class SchemaRefused(PunchcardError):
    """The schema cannot be registered."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The latest version of an event type."""

    name: str
    version: int
    json_schema: str

    def mistakes(self, data: Any) -> Iterator[tuple[str, str]]:
        """Yield (path, message) for each place where data does not fit the schema."""
        amounts = dict.fromkeys(money_in(self.json_schema))
        for error in _validator(self.json_schema).iter_errors(data):
            path = list(error.absolute_path)
            if path and path[0] in amounts:
                del amounts[path[0]]
                yield f".{path[0]}", NO_MONEY
            elif not path or path[0] not in money_in(self.json_schema):
                yield "".join(f".{part}" for part in path), error.message
        for name in amounts:
            reason = _money_mistake(data[name]) if isinstance(data, dict) and name in data else None
            if reason is not None:
                yield f".{name}", reason


@dataclass(frozen=True, slots=True)
class TypeVersion:
    """One version of an event type; its schema is JSON text."""

    name: str
    version: int
    json_schema: str
    registered_at: int


@lru_cache(maxsize=256)
def _validator(json_schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(json_schema), registry=PROVIDED)


@lru_cache(maxsize=256)
def money_in(json_schema: str) -> tuple[str, ...]:
    """Return the fields of a schema (as JSON text) that hold money."""
    fields = fields_of(json.loads(json_schema))
    return tuple(name for name, kind in fields.items() if kind == "money")


def _money_mistake(money: Mapping[str, str]) -> str | None:
    """Return why an amount is none of its currency; None if it is."""
    try:
        to_minor(money["amount"], money["currency"])
    except ValueError as error:
        return str(error)
    return None


def registered(connection: Connection, names: Iterable[str]) -> dict[str, Registered]:
    """Return the latest version of each of these event types that is registered."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    rows = connection.execute(
        select(EVENT_TYPE)
        .where(EVENT_TYPE.c.name.in_(wanted))
        .order_by(EVENT_TYPE.c.name, EVENT_TYPE.c.version)
    )
    return {row.name: Registered(row.name, row.version, row.json_schema) for row in rows}


def versions(connection: Connection, name: str | None = None) -> tuple[TypeVersion, ...]:
    """Return every version of every event type, or of one: by name, then the latest first."""
    wanted = select(EVENT_TYPE).order_by(EVENT_TYPE.c.name, EVENT_TYPE.c.version.desc())
    if name is not None:
        wanted = wanted.where(EVENT_TYPE.c.name == name)
    return tuple(
        TypeVersion(row.name, row.version, row.json_schema, row.registered_at)
        for row in connection.execute(wanted)
    )


def declared(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return the latest schema of each registered event."""
    rows = connection.execute(
        select(EVENT_TYPE.c.name, EVENT_TYPE.c.json_schema).order_by(EVENT_TYPE.c.name, EVENT_TYPE.c.version)
    )
    latest = {row.name: row.json_schema for row in rows}
    return {name: json.loads(text) for name, text in latest.items()}


@lru_cache(maxsize=256)
def _accept(json_schema: str) -> None:
    """Raise SchemaUnfit unless the schema is taken; what was taken once need not be looked at again."""
    accept_schema(json.loads(json_schema))


def register(connection: Connection, name: str, schema: dict[str, Any], now: int) -> Registered:
    """Register a schema as the next version of an event type; the same schema again is the same version.

    Raises SchemaRefused if it is no JSON Schema 2020-12, or not complete in itself.
    """
    try:
        text = dump(schema)
        _accept(text)
    except SchemaUnfit as error:
        raise SchemaRefused(f"The schema of {name} is not taken: {error}.") from None
    except RecursionError:
        raise SchemaRefused(f"The schema of {name} is not taken: it is nested too deeply.") from None
    latest = registered(connection, [name]).get(name)
    if latest is not None and latest.json_schema == text:
        return latest
    version = latest.version + 1 if latest else 1
    connection.execute(
        insert(EVENT_TYPE).values(name=name, version=version, json_schema=text, registered_at=now)
    )
    return Registered(name, version, text)

"""Registered types of named events: versioned JSON Schemas that posted data is checked against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from sqlalchemy import Connection, insert, select

from punchcard.domain.database import dump, table
from punchcard.domain.events import EventType
from punchcard.errors import PunchcardError

EVENT_TYPE = table(EventType)


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
        for error in _validator(self.json_schema).iter_errors(data):
            yield "".join(f".{part}" for part in error.absolute_path), error.message


@lru_cache(maxsize=256)
def _validator(json_schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(json_schema))


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


def register(connection: Connection, name: str, schema: dict[str, Any], now: int) -> Registered:
    """Register a schema as the next version of an event type; the same schema again is the same version.

    Raises SchemaRefused if it is no JSON Schema 2020-12.
    """
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise SchemaRefused(f"not a JSON Schema (2020-12): {error.message}") from None
    text = dump(schema)
    latest = registered(connection, [name]).get(name)
    if latest is not None and latest.json_schema == text:
        return latest
    version = latest.version + 1 if latest else 1
    connection.execute(
        insert(EVENT_TYPE).values(name=name, version=version, json_schema=text, registered_at=now)
    )
    return Registered(name, version, text)

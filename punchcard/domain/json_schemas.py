"""Which JSON Schemas are taken: complete in themselves, so that checking data never leaves the house or loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_PARTS = 5000
REFERENCES = ("$ref", "$dynamicRef")

# Events whose data has a shape of its own: no schema is registered for them.
BUILT_IN = frozenset({"order", "refund", "redemption", "profile"})

# What a schema refers to for money; its data is written as the API writes money everywhere.
MONEY = "urn:punchcard:money"
MONEY_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "$schema": DIALECT,
        "$id": MONEY,
        "type": "object",
        "properties": {
            "amount": {"type": "string", "pattern": "^[0-9]{1,15}([.][0-9]{1,6})?$"},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        },
        "required": ["amount", "currency"],
        "additionalProperties": False,
    }
)
PROVIDED: Any = Registry().with_resource(MONEY, DRAFT202012.create_resource(dict(MONEY_SCHEMA)))


class SchemaUnfit(ValueError):
    """Why a schema is not taken; `path` leads to the part that is to blame."""

    def __init__(self, reason: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(reason)
        self.path = path


def accept_schema(schema: dict[str, Any]) -> None:
    """Raise SchemaUnfit unless this is a JSON Schema 2020-12 that refers to nothing outside or around itself."""
    if schema.get("$schema", DIALECT) != DIALECT:
        raise SchemaUnfit(f"it is written for {schema['$schema']}: leave $schema out, or write {DIALECT}")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        path = tuple(error.absolute_path)
        raise SchemaUnfit(f"it is no JSON Schema (2020-12): {_in_short(error)}", path) from None
    except RecursionError:
        raise SchemaUnfit("it is nested too deeply") from None
    resolver = PROVIDED.with_resource("", DRAFT202012.create_resource(schema)).resolver()
    _walk(schema, resolver, (), [MOST_PARTS])


def is_money(field: Any) -> bool:
    """Whether a field's schema declares money."""
    return isinstance(field, Mapping) and field.get("$ref") == MONEY


def _in_short(error: SchemaError) -> str:
    """Return what JSON Schema says of a schema; of a type that there is not, the types that there are."""
    if error.absolute_path and error.absolute_path[-1] == "type":
        return f"there is no type {error.instance!r}"
    return error.message


def _walk(part: Any, resolver: Any, followed: tuple[str, ...], left: list[int]) -> None:
    """Go through every part, following references; `followed` are those on the way, `left` the parts still allowed."""
    left[0] -= 1
    if left[0] < 0 or len(followed) > 50:
        raise SchemaUnfit("it is too large once its references are followed")
    for reference in _references(part):
        _walk(_resolve(reference, resolver, followed), resolver, (*followed, reference), left)
    for child in _children(part):
        _walk(child, resolver, followed, left)


def _children(part: Any) -> Iterator[Any]:
    values = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    yield from (value for value in values if isinstance(value, dict | list))


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (part[name] for name in REFERENCES if isinstance(part.get(name), str))


def _resolve(reference: str, resolver: Any, followed: tuple[str, ...]) -> Any:
    if reference == MONEY:
        return {}
    if not reference.startswith("#"):
        raise SchemaUnfit(f"{reference} leads outside: put what it refers to under $defs")
    if reference in followed:
        raise SchemaUnfit(f"{reference} leads back to itself: data of any depth cannot be described")
    try:
        return resolver.lookup(reference).contents
    except (Unresolvable, ValueError):
        raise SchemaUnfit(f"{reference} leads nowhere") from None


def fields_of(schema: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that a schema names and their types; what it does not pin down is `any`."""
    properties = schema.get("properties", {})
    return {name: _type(field) for name, field in properties.items() if isinstance(field, dict)}


def choices_of(schema: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the texts that fields with an `enum` of texts can hold, by their names."""
    properties = schema.get("properties", {})
    found = {name: field.get("enum") for name, field in properties.items() if isinstance(field, dict)}
    return {
        name: tuple(values)
        for name, values in found.items()
        if isinstance(values, list) and values and all(isinstance(value, str) for value in values)
    }


def required_of(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that data by a schema always has: those that it requires, and that cannot be null."""
    properties, required = schema.get("properties", {}), schema.get("required", [])
    return frozenset(
        name
        for name in required
        if isinstance(field := properties.get(name), dict) and "null" not in _listed(field.get("type"))
    )


def _listed(types: Any) -> list[Any]:
    return types if isinstance(types, list) else [types]


def _type(field: Mapping[str, Any]) -> str:
    if is_money(field):
        return "money"
    return {"string": "text", "integer": "whole", "number": "number", "boolean": "flag"}.get(
        str(field.get("type")), "any"
    )

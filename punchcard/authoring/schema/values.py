"""Kinds of values → schemas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from punchcard.authoring.schema.wording import Schema, examples_of, is_required, of_argument
from punchcard.language.arguments import shape as written_as
from punchcard.language.grammar import Argument, Either, Keys, Kind, Many, Named, Row, Shape, Text

_TYPES = {None: ["string", "number"], "whole": ["string", "integer"], "any": ["string", "number"]}
# Where a row of a table is defined in the document.
STEPS, TRIGGER = "#/$defs/steps", "#/$defs/trigger"
_ROWS = {"steps": STEPS, "trigger": TRIGGER}


def of_kind(kind: Kind[Any]) -> Schema:
    """Return the schema of a kind's values; what is not known of them is left open."""
    if kind.closed:
        return {"enum": list(kind.written)}
    schema = of_shape(kind.shape) if kind.shape else {}
    if isinstance(kind.shape, Keys):
        schema = {"title": kind.name, **schema}
    if "pattern" in schema:
        such = " or ".join(kind.written)
        schema["patternErrorMessage"] = f"This is not {kind.name} such as {such}"
    examples = examples_of(kind)
    if examples and "$ref" not in schema:
        schema["examples"] = examples
    return schema


def of_shape(shape: Shape) -> Schema:
    """Return the schema of a shape."""
    match shape:
        case Text():
            return _text(shape)
        case Keys(table=table):
            return of_table(table)
        case Named(pattern=pattern, value=value, keys=keys):
            names = "|".join([pattern, *(row.name for row in keys)])
            own = {"properties": {row.name: argument(row) for row in keys}} if keys else {}
            return {
                "type": "object",
                "propertyNames": {"pattern": _whole(names)},
                **own,
                "additionalProperties": of_kind(value),
            }
        case Many(item=item, alone=alone):
            many: Schema = {"type": "array", "minItems": 1, "items": of_kind(item)}
            return {"anyOf": [of_kind(item), many]} if alone else many
        case Either(shapes=shapes):
            return {"anyOf": [of_shape(each) for each in shapes]}
        case Row(table=table_name):
            return {"$ref": _ROWS[table_name]}


def _text(shape: Text) -> Schema:
    if shape.pattern is None:
        return {"type": _TYPES[shape.number]}
    pattern = _whole(shape.pattern)
    if shape.number is None:
        return {"type": "string", "pattern": pattern}
    return {"type": _TYPES[shape.number], "pattern": pattern, "minimum": 1 if shape.number == "whole" else 0}


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def of_table(table: Iterable[Argument[Any]]) -> Schema:
    """Return the schema of keys with values."""
    rows = tuple(table)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {row.name: argument(row) for row in rows},
    }
    required = [row.name for row in rows if is_required(row)]
    if required:
        schema["required"] = required
    return schema


def argument(row: Argument[Any]) -> Schema:
    """Return the schema of a key's value, with its words."""
    words = of_argument(row)
    if not row.says:
        words["description"] = written_as(row)
    return {**words, **of_kind(row.kind)}


def of_arguments(table: tuple[Argument[Any], ...], main: str | None) -> Schema:
    """Return the schema of a verb's or trigger's value: its arguments, or its main one alone."""
    by_name = {row.name: row for row in table}
    keyed = of_table(table)
    if main is None or main not in by_name:
        return keyed
    others_required = any(is_required(row) for row in table if row.name != main)
    return keyed if others_required else {"anyOf": [of_kind(by_name[main].kind), keyed]}

"""Whole blocks that an editor offers, with places to fill in: the examples of the tables, for yaml-language-server."""

from __future__ import annotations

from itertools import count
from typing import Any

from punchcard.authoring.schema.wording import Schema, parsed
from punchcard.language import nodes
from punchcard.language.grammar import TriggerRow, Verb
from punchcard.language.nodes import Node


def of_verb(verb: Verb) -> Schema:
    """Return the snippet of a step."""
    example = parsed(verb.example)
    assert isinstance(example, nodes.Sequence), "an example of a verb is a list of steps"
    return _snippet(verb, _body(example.items[0], count(1)))


def of_trigger(row: TriggerRow) -> Schema:
    """Return the snippet of a trigger."""
    example = parsed(row.example)
    assert isinstance(example, nodes.Mapping), "an example of a trigger begins with `when`"
    return _snippet(row, _body(example.entries[0].value, count(1)))


def _snippet(row: Verb | TriggerRow, body: Any) -> Schema:
    return {"label": row.name, "description": row.says, "markdownDescription": row.says, "body": body}


def _body(node: Node, places: count[int]) -> Any:
    """Return the tree as plain data, in which each value is a place to fill in."""
    match node:
        case nodes.Mapping(entries=entries):
            return {entry.key.value: _body(entry.value, places) for entry in entries}
        case nodes.Sequence(items=items):
            return [_body(item, places) for item in items]
        case nodes.Scalar(value=value):
            escaped = value.replace("\\", "\\\\").replace("}", "\\}").replace("$", "\\$")
            return f"${{{next(places)}:{escaped}}}"
        case nodes.Broken():
            raise AssertionError("an example of the tables is right")

"""Keys with places to fill in, in the syntax of editors' snippets: `${1:7 days}`."""

from __future__ import annotations

from typing import Any

from punchcard.authoring.knowledge import row_of
from punchcard.authoring.schema.wording import parsed
from punchcard.language import nodes
from punchcard.language.comments import scalars
from punchcard.language.grammar import Argument, Keys, Named, Row, Text, Verb
from punchcard.language.nodes import Node


def of_key(argument: Argument[Any], indent: str) -> str:
    """Return a key with what belongs behind it; further lines begin with `indent`."""
    row = row_of(argument)
    if row is not None:
        lines = _of_example(row.example, isinstance(row, Verb)).split("\n")
        return "\n".join([lines[0], *(f"{indent}{line}" for line in lines[1:])])
    match argument.kind.shape:
        case Row(table="steps"):
            return f"{argument.name}:\n{indent}  - $0"
        case Row() | Named():
            return f"{argument.name}:\n{indent}  $0"
        case Keys():
            return f"{argument.name}: {{$0}}"
        case Text(long=True):
            return f"{argument.name}: |\n{indent}  $0"
        case _:
            return f"{argument.name}: $0"


def _of_example(example: str, is_step: bool) -> str:
    """Return an example of the tables, each value a place to fill in."""
    node = parsed(example)
    places = sorted(_values(node), key=lambda span: span.start)
    text, at = "", 0
    for number, span in enumerate(places, start=1):
        escaped = span.text.replace("\\", "\\\\").replace("}", "\\}").replace("$", "\\$")
        text += f"{_escaped(example[at : span.start])}${{{number}:{escaped}}}"
        at = span.end
    text += _escaped(example[at:])
    lines = text.split("\n")
    if is_step:
        return "\n".join([lines[0].removeprefix("- "), *(line.removeprefix("  ") for line in lines[1:])])
    body = lines[1:] if lines[0] == "when:" else [lines[0].removeprefix("when: ")]
    return "\n".join(line.removeprefix("  ") for line in body)


def _escaped(text: str) -> str:
    return text.replace("$", "\\$")


def _values(node: Node) -> list[nodes.Span]:
    keys = {entry.key.span.start for entry in _entries(node)}
    return [each.span for each in scalars(node) if each.span.start not in keys and each.value]


def _entries(node: Node) -> list[nodes.Entry]:
    match node:
        case nodes.Mapping(entries=entries):
            return [*entries, *(inner for entry in entries for inner in _entries(entry.value))]
        case nodes.Sequence(items=items):
            return [inner for item in items for inner in _entries(item)]
        case _:
            return []

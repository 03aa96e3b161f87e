"""What a schema says to people: descriptions, defaults and examples of the rows of the language's tables."""

from __future__ import annotations

import json
from typing import Any

import yaml

from punchcard.authoring.rows import AnyRow
from punchcard.language.arguments import shape
from punchcard.language.diagnostics import Findings
from punchcard.language.drafts import Messages
from punchcard.language.grammar import Argument, Context, Kind, Text
from punchcard.language.nodes import Node, Scalar, Source, Span
from punchcard.language.programme import Programme
from punchcard.language.scope import Scope
from punchcard.language.source import read

Schema = dict[str, Any]


def is_required(argument: Argument[Any]) -> bool:
    """Whether nothing works without it; a message's purpose may stand elsewhere, but not for a message in the file."""
    return argument.required or argument.default == "required"


def of_argument(argument: Argument[Any]) -> Schema:
    """Return the words of a key: what it is, how it is written, and what is meant where it is left out."""
    says = sentence(argument.says)
    left_out = "required" if is_required(argument) else argument.default
    note = f"If left out: {left_out}." if left_out and left_out != "required" else ""
    takes = shape(argument)
    words: Schema = {"description": " ".join(filter(None, (says, note)))}
    words["markdownDescription"] = "\n\n".join(
        filter(None, (f"**{argument.name}** · {takes}", says, note or sentence(left_out)))
    )
    default = default_of(argument)
    if default is not None:
        words["default"] = default
    return words


def of_row(row: AnyRow) -> Schema:
    """Return the words of a verb, a trigger or a line of a story, with its example."""
    return {
        "title": row.name,
        "description": row.says,
        "markdownDescription": f"**{row.name}**\n\n{row.says}\n\n```yaml\n{row.example}\n```",
    }


def sentence(text: str) -> str:
    """Return the words as a sentence."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def examples_of(kind: Kind[Any]) -> list[Any]:
    """Return how a value is written, as YAML understands it."""
    return [as_yaml(each) for each in kind.written if not each.startswith("`")]


def default_of(argument: Argument[Any]) -> Any:
    """Return the value that is meant where it is left out, if the table names one and not a rule."""
    kind = argument.kind
    exact = kind.closed or (isinstance(kind.shape, Text) and kind.shape.pattern is not None)
    if not argument.default or not exact:
        return None
    context = Context(Findings(), "USD", "UTC", Scope(), Messages(), Programme())
    source = Source("", argument.default)
    value = kind.read(Scalar(argument.default, Span(source, 0, len(argument.default))), context)
    return None if value is None or context.findings.refused else as_yaml(argument.default)


def as_yaml(text: str) -> Any:
    """Return a text as YAML 1.2 understands it: only digits are numbers, `yes` and dates are text."""
    found = yaml.load(text, Loader=yaml.BaseLoader)
    return _typed(found)


def _typed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _typed(each) for key, each in value.items()}
        case list():
            return [_typed(each) for each in value]
        case str():
            return _scalar(value)
        case _:
            return value


def _scalar(text: str) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, int | float | bool) or found is None else text


def parsed(text: str) -> Node:
    """Return the tree of an example of the tables."""
    node, _ = read(Source("", text), Findings())
    return node

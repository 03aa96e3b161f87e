"""The schemas that are served, shipped and printed: one for each kind of file that authors write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from punchcard.authoring.schema import snippets, trials, values
from punchcard.authoring.schema.wording import Schema, is_required, of_row
from punchcard.language import beside, keys, programme_keys
from punchcard.language.arrangement import EVERYWHERE
from punchcard.language.grammar import TriggerRow, Verb
from punchcard.language.steps import VERBS
from punchcard.language.triggers import TRIGGERS

# Where schemas lie, beside the files that name them in their first line.
FOLDER = "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def campaign() -> Schema:
    """Return the schema of a campaign's file."""
    return {
        "$schema": DIALECT,
        "title": "A Punchcard campaign",
        "description": "What starts it (`when`), what happens then (`steps`), and what is sent (`messages`).",
        **values.of_table(keys.KEYS),
        "$defs": dict(_definitions()),
    }


def programme() -> Schema:
    """Return the schema of the programme's file."""
    return {
        "$schema": DIALECT,
        "title": "A Punchcard programme",
        "description": "What all campaigns of an installation share.",
        **values.of_table(programme_keys.PROGRAMME_KEYS),
        "$defs": dict(_definitions()),
    }


def campaign_tests() -> Schema:
    """Return the schema of a file of campaign tests."""
    return {
        "$schema": DIALECT,
        "title": trials.TITLE,
        "description": trials.DESCRIPTION,
        **trials.properties(),
        "$defs": dict(trials.definitions()),
    }


DOCUMENTS: Mapping[str, Callable[[], Schema]] = MappingProxyType(
    {"campaign": campaign, "programme": programme, "tests": campaign_tests}
)


def modeline(name: str) -> str:
    """Return the line by which yaml-language-server finds the schema beside the file."""
    return f"# yaml-language-server: $schema={FOLDER}/{name}.json"


def text_of(name: str) -> str:
    """Return a schema as it is shipped."""
    return json.dumps(DOCUMENTS[name](), ensure_ascii=False, indent=2) + "\n"


def _definitions() -> Iterator[tuple[str, Schema]]:
    yield "trigger", _trigger()
    for row in TRIGGERS:
        yield f"trigger.{row.name}", {**of_row(row), **values.of_arguments(row.arguments, row.main)}
    yield (
        "steps",
        {
            "anyOf": [
                {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}},
                {"$ref": "#/$defs/step"},
            ],
        },
    )
    yield (
        "step",
        {
            "anyOf": [{"$ref": f"#/$defs/step.{verb.name}"} for verb in VERBS],
            "defaultSnippets": [snippets.of_verb(verb) for verb in VERBS],
        },
    )
    for verb in VERBS:
        yield f"step.{verb.name}", _step(verb)


def _trigger() -> Schema:
    """A trigger alone is a word; with arguments it is the only key of a mapping."""
    alone = [row for row in TRIGGERS if not _needs_arguments(row)]
    keyed = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {row.name: {"$ref": f"#/$defs/trigger.{row.name}"} for row in TRIGGERS},
        "defaultSnippets": [snippets.of_trigger(row) for row in TRIGGERS],
    }
    words = {"enum": [row.name for row in alone], "enumDescriptions": [row.says for row in alone]}
    return {"anyOf": [keyed, words]}


def _needs_arguments(row: TriggerRow) -> bool:
    return any(is_required(argument) or "must be given" in argument.default for argument in row.arguments)


def _step(verb: Verb) -> Schema:
    names = (*verb.beside, *EVERYWHERE)
    main = next((each for each in verb.arguments if verb.only and each.name == verb.main), None)
    value = values.of_kind(main.kind) if main else values.of_arguments(verb.arguments, verb.main)
    properties = {verb.name: {**of_row(verb), **value}}
    for name in names:
        row = beside.ROWS.get(name)
        properties[name] = values.argument(row) if row else {}
    return {
        "title": verb.name,
        "type": "object",
        "required": [verb.name],
        "additionalProperties": False,
        "properties": properties,
    }

"""The schema of a file of campaign tests, from the tables of deeds and of what can be expected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from punchcard.authoring.schema import values
from punchcard.authoring.schema.wording import Schema, is_required, of_argument
from punchcard.language.kinds import NAME
from punchcard.language.trials import reader
from punchcard.language.trials.deeds import DEEDS
from punchcard.language.trials.people import CUSTOMER
from punchcard.language.trials.reading import Row
from punchcard.language.trials.signs import SIGNS
from punchcard.language.trials.values import AT

TITLE = "Tests of a Punchcard campaign"
DESCRIPTION = "What happens to a customer (`story`), and what is expected of the campaign."
_AT = {"description": "When: a date with a time, the next of its kind, or so long after the line before."}
_OF = {
    "description": "Which campaign is meant, of those named with `with`; the one that is tested if left out."
}
_NOTE = {"description": "What colleagues should know of this line.", "type": ["string", "number"]}


def properties() -> Schema:
    """Return the schema of the file's keys; `definitions` has what it refers to."""
    table = values.of_table(reader.FILE)
    table["properties"] |= {
        "customer": _refers(reader.WHO, "customer"),
        "cases": {
            **of_argument(reader.CASES),
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "#/$defs/case"},
        },
    }
    return table


def definitions() -> Iterator[tuple[str, Schema]]:
    """Yield what the file's schema refers to."""
    yield "customer", values.of_table(CUSTOMER)
    case = values.of_table(reader.IN_CASE)
    lines = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/line"}}
    case["properties"] |= {
        "customer": _refers(reader.WHO, "customer"),
        "earlier": {**of_argument(reader.EARLIER), **lines},
        "story": {**of_argument(reader.STORY), **lines},
    }
    yield "case", case
    yield (
        "line",
        {"anyOf": [*({"$ref": f"#/$defs/deed.{row.name}"} for row in DEEDS), {"$ref": "#/$defs/expect"}]},
    )
    for row in DEEDS:
        yield f"deed.{row.name}", _line(row)
    sign = {"anyOf": [{"$ref": f"#/$defs/sign.{row.name}"} for row in SIGNS]}
    expected = {"anyOf": [{"enum": [reader.NOTHING]}, {"type": "array", "minItems": 1, "items": sign}, sign]}
    says = {"description": "What has to happen up to the next deed; what is not expected must not happen."}
    yield (
        "expect",
        {
            "type": "object",
            "required": [reader.EXPECT],
            "additionalProperties": False,
            "properties": {
                reader.EXPECT: {**says, **expected},
                "until": values.argument(reader.UNTIL),
                "note": _NOTE,
            },
        },
    )
    for sign_row in SIGNS:
        yield f"sign.{sign_row.name}", _line(sign_row)


def _refers(argument: Any, name: str) -> Schema:
    return {**of_argument(argument), "$ref": f"#/$defs/{name}"}


def _line(row: Row[Any]) -> Schema:
    """Return the schema of one line: its word with its arguments, and when."""
    value = values.of_arguments(row.arguments, row.main)
    if not any(is_required(each) for each in row.arguments):
        value = {"anyOf": [value, {"type": ["null", "string"]}]}
    words = {
        "description": row.says,
        "markdownDescription": f"**{row.name}**\n\n{row.says}\n\n```yaml\n{row.example}\n```",
    }
    return {
        "title": row.name,
        "type": "object",
        "required": [row.name],
        "additionalProperties": False,
        "properties": {row.name: {**words, **value}, **_beside(row)},
    }


def _beside(row: Row[Any]) -> Schema:
    """Return the schema of what else may stand beside a line."""
    of = {} if row.name in reader.OF_NO_CAMPAIGN else {reader.CAMPAIGN: {**_OF, **values.of_kind(NAME)}}
    at = {} if row.name in reader.IN_THE_END else {"at": {**_AT, **values.of_kind(AT)}}
    return {**at, **of, "note": _NOTE}

"""Keys with places to fill in, in the syntax of editors' snippets: `${1:7 days}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from punchcard.authoring.editing.candidates import choice, plain
from punchcard.authoring.editing.study import Spot, spots
from punchcard.authoring.knowledge import CAMPAIGN, row_of
from punchcard.authoring.rows import AnyRow, as_key
from punchcard.authoring.schema.wording import parsed
from punchcard.language.grammar import Argument, Either, Keys, Kind, Many, Named, Row, Text, TriggerRow, Verb
from punchcard.language.kinds import AMOUNT, COUNT, DATE, DAYS, LIMIT, SHARE, TIME_OF_DAY, unread

# What can stand for a value of an example in this file: one text, several to choose from, or none but its own.
Fill = Callable[[Spot], tuple[str, ...]]
MOST_CHOICES = 40
# Kinds of which an example is as good as any value, to be written over.
_LITERAL = (AMOUNT, COUNT, DATE, DAYS, LIMIT, SHARE, TIME_OF_DAY)


def of_key(argument: Argument[Any], indent: str, fill: Fill) -> str:
    """Return a key with what belongs behind it; further lines begin with `indent`."""
    row = row_of(argument)
    if row is not None:
        lines = of_example(row, fill).split("\n")
        return "\n".join([lines[0], *(f"{indent}{line}" for line in lines[1:])])
    match argument.kind.shape:
        case Row(table="steps"):
            return f"{argument.name}:\n{indent}  - $0"
        case Row() | Named():
            return f"{argument.name}:\n{indent}  $0"
        case Keys():
            return f"{argument.name}: {{$0}}"
        case Many(item=item, alone=False) if isinstance(item.shape, Keys):
            return f"{argument.name}:\n{indent}  - $0"
        case Either(shapes=(Text(), Many(item=item))) if isinstance(item.shape, Keys):
            return f"{argument.name}:\n{indent}  - $0"
        case Text(long=True):
            return f"{argument.name}: |\n{indent}  $0"
        case _:
            return f"{argument.name}: {of_value(argument.kind)}"


def in_braces(argument: Argument[Any]) -> str:
    """Return a key within braces, with what belongs behind it."""
    shape = argument.kind.shape
    return f"{argument.name}: {'{$0}' if isinstance(shape, Keys | Named) else of_value(argument.kind)}"


def of_value(kind: Kind[Any]) -> str:
    """Return a value to fill in: one of those that there are, an example to write over, or nothing yet."""
    if kind.closed and 1 < len(kind.written) <= MOST_CHOICES:
        return choice(1, kind.written)
    return f"${{1:{plain(kind.written[0])}}}" if kind in _LITERAL else "$0"


def of_example(row: AnyRow, fill: Fill) -> str:
    """Return a row's example of the tables, each value a place to fill in."""
    example = row.example
    node = parsed(f"steps:\n{example}" if isinstance(row, Verb) else example)
    skipped = len("steps:\n") if isinstance(row, Verb) else 0
    line = Many(unread("a line", shape=Keys((as_key(row),))))
    shape = CAMPAIGN if isinstance(row, Verb | TriggerRow) else line
    text, at, number = "", 0, 0
    for spot in spots(node, shape):
        if spot.is_key or not spot.scalar.value:
            continue
        number += 1
        span, possible = spot.scalar.span, fill(spot)
        start, end = span.start - skipped, span.end - skipped
        text += f"{_escaped(example[at:start])}{_place(number, possible, span.text)}"
        at = end
    text += _escaped(example[at:])
    lines = text.split("\n")
    if not isinstance(row, TriggerRow):
        return "\n".join([lines[0].removeprefix("- "), *(line.removeprefix("  ") for line in lines[1:])])
    body = lines[1:] if lines[0] == "when:" else [lines[0].removeprefix("when: ")]
    return "\n".join(line.removeprefix("  ") for line in body)


def _place(number: int, possible: tuple[str, ...], example: str) -> str:
    if len(possible) > 1:
        return choice(number, possible[:MOST_CHOICES])
    return f"${{{number}:{plain(possible[0] if possible else example)}}}"


def _escaped(text: str) -> str:
    return text.replace("$", "\\$")

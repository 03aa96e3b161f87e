"""What can be written at a place: keys, values, names in conditions and messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from punchcard.authoring.editing.names import kind_at, messages, names_at, names_in_message
from punchcard.authoring.editing.snippets import of_key
from punchcard.authoring.editing.study import Spot, Study, spot_of, template_at
from punchcard.authoring.knowledge import TRIGGER, Known, known, row_of, triggers
from punchcard.authoring.schema.wording import of_argument, of_row
from punchcard.language import labels, nodes
from punchcard.language.grammar import Argument, Kind
from punchcard.language.kinds import CURRENCY, LANGUAGE, TIMEZONE
from punchcard.language.money import currencies
from punchcard.messages.filters import FILTERS

MARK = "zqzq"
_WORD_BEFORE = re.compile(r"[\w.-]*$")
_WORD_AFTER = re.compile(r"[\w.-]*")
_BEGINS_LINE = re.compile(r"[ ]*(?:- +)*")
_IN_BRACES = re.compile(r".*[{,]\s*")

Sort = Literal["key", "step", "value", "name", "message", "filter"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to write: what is shown, what is put in (as a snippet), and what it means."""

    label: str
    sort: Sort
    insert: str
    detail: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can replace the characters from `start` to `end`."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def completed(study: Study, offset: int) -> Offer:
    """Return what can be written at an offset of the campaign's text, even while that is not YAML yet."""
    text = study.text
    word = _WORD_BEFORE.search(text[text.rfind("\n", 0, offset) + 1 : offset])
    start = offset - (len(word.group()) if word else 0)
    after = _WORD_AFTER.match(text, offset)
    end = after.end() if after else offset
    if template_at(text, offset) is not None:
        spot = spot_of(_marked(study, start, end, "").seen.root, MARK)
        message = spot.trail[1] if spot and len(spot.trail) > 1 and spot.trail[0] == "messages" else ""
        return Offer(start, end, tuple(in_message(study, message, template_at(text, start) or "")))
    line_start = text.rfind("\n", 0, start) + 1
    before, rest = text[line_start:start], text[end : _line_end(text, end)]
    at_line_start = _BEGINS_LINE.fullmatch(before) is not None
    colon = ":" if at_line_start and not rest.strip() else ""
    marked = _marked(study, start, end, colon + ("" if rest.strip() else _closing(before)))
    spot = spot_of(marked.seen.root, MARK)
    if spot is None:
        return Offer(start, end, ())
    spread = at_line_start and not _IN_BRACES.fullmatch(before)
    found = _keys(spot, before, spread) if spot.is_key else _values(marked, spot)
    return Offer(start, end, tuple(found))


def in_message(study: Study, message: str, before: str) -> Iterator[Candidate]:
    """Yield what can stand within `{{ }}` of a message; behind a `|` these are filters."""
    if "|" in before:
        yield from (Candidate(name, "filter", name, "a filter") for name in FILTERS)
        return
    for name in names_in_message(study, message):
        yield Candidate(name.name, "name", name.name, name.says)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)


def _closing(before: str) -> str:
    """Return the braces and brackets that a line leaves open, closed."""
    opened = ""
    for char in before:
        if char in "{[":
            opened = {"{": "}", "[": "]"}[char] + opened
        elif char in "}]":
            opened = opened[1:]
    return opened


def _marked(study: Study, start: int, end: int, behind: str) -> Study:
    return study.with_text(f"{study.text[:start]}{MARK}{behind}{study.text[end:]}")


# --- keys ---------------------------------------------------------------------------------------------


def _keys(spot: Spot, before: str, spread: bool) -> Iterator[Candidate]:
    """Yield the keys that can stand beside those that are there; `before` is what stands on the line."""
    assert spot.within is not None
    others = nodes.Mapping(
        tuple(entry for entry in spot.within if MARK not in entry.key.value), spot.within.span
    )
    written = {entry.key.value for entry in others}
    here = known(spot.shape, others)
    if spot.shape == TRIGGER and written:
        here = Known()
    # Editors indent the lines of a snippet like the line that it stands on, and do not count dashes.
    indent = " " * len(before.lstrip(" "))
    for name, argument in here.keys.items():
        if name not in written:
            yield _key(argument, indent, spread)


def _key(argument: Argument[Any], indent: str, spread: bool) -> Candidate:
    row = row_of(argument)
    words = of_row(row) if row else of_argument(argument)
    insert = of_key(argument, indent) if spread else f"{argument.name}: $0"
    return Candidate(
        argument.name,
        "step" if row else "key",
        insert,
        detail=words["description"].split(". ")[0].rstrip("."),
        documentation=words["markdownDescription"],
    )


# --- values -------------------------------------------------------------------------------------------


def _values(study: Study, spot: Spot) -> Iterator[Candidate]:
    found = names_at(study, spot)
    sort: Sort = "message" if found and found == messages(study) else "name"
    yield from (
        Candidate(name.name, sort, _plain(name.name), name.says) for name in found if MARK not in name.name
    )
    if spot.argument is None:
        return
    if spot.argument.kind.shape == TRIGGER:
        for argument in triggers().values():
            if not any(each.required for each in row_arguments(argument)):
                yield Candidate(argument.name, "step", argument.name, argument.says)
        return
    kind = kind_at(spot)
    if isinstance(kind, Kind) and not found:
        yield from (Candidate(text, "value", _plain(text), kind.name) for text in _written(kind))


def row_arguments(argument: Argument[Any]) -> tuple[Argument[Any], ...]:
    """Return the arguments of a verb or trigger."""
    row = row_of(argument)
    return row.arguments if row else ()


def _written(kind: Kind[Any]) -> Iterable[str]:
    """Return the values that a kind is known to have, or how it is written."""
    if kind is TIMEZONE:
        return sorted(labels.zones())
    if kind is CURRENCY:
        return dict.fromkeys((*labels.COMMON, *sorted(currencies())))
    if kind is LANGUAGE:
        return ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "pt-BR", "sv", "da", "ja")
    return [text for text in kind.written if not text.startswith("`")]


def _plain(text: str) -> str:
    """Return a text as a snippet that means just this."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")

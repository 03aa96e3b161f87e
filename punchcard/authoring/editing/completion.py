"""What can be written at a place: keys, values, names in conditions and messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from punchcard.authoring.editing.candidates import Candidate, Offer, Sort, plain
from punchcard.authoring.editing.comparing import in_a_condition
from punchcard.authoring.editing.names import kind_at, names_at, names_in_message, names_in_words
from punchcard.authoring.editing.offered_keys import keys_at, rows_behind
from punchcard.authoring.editing.study import Spot, Study, spot_of, template_at
from punchcard.authoring.editing.timing import in_time
from punchcard.authoring.knowledge import known, row_of
from punchcard.language import labels, nodes
from punchcard.language.grammar import Either, Keys, Kind, Row
from punchcard.language.kinds import (
    CONDITION,
    CURRENCY,
    IDENTIFIER,
    LANGUAGE,
    MESSAGE_NAME,
    NAME,
    TEXT,
    TIMEZONE,
)
from punchcard.language.money import currencies
from punchcard.language.trials.values import ANY_TEXT
from punchcard.messages.filters import FILTERS

MARK = "zqzq"
_WORD_BEFORE = re.compile(r"[\w.-]*$")
_WORD_AFTER = re.compile(r"[\w.-]*")
_BEGINS_LINE = re.compile(r"[ ]*(?:- +)*")
_IN_BRACES = re.compile(r".*[{,]\s*")
# Of these any text will do, and none that could be offered.
_ANY = (TEXT, ANY_TEXT, NAME, IDENTIFIER)


def completed(study: Study, offset: int) -> Offer:
    """Return what can be written at an offset of the file's text, even while that is not YAML yet."""
    text = study.text
    word = _WORD_BEFORE.search(text[text.rfind("\n", 0, offset) + 1 : offset])
    start = offset - (len(word.group()) if word else 0)
    after = _WORD_AFTER.match(text, offset)
    end = after.end() if after else offset
    if template_at(text, offset) is not None:
        return Offer(start, end, tuple(_in_braces(study, start, end)))
    line_start = text.rfind("\n", 0, start) + 1
    before, rest = text[line_start:start], text[end : _line_end(text, end)]
    at_line_start = _BEGINS_LINE.fullmatch(before) is not None
    closing = "" if rest.strip() else _closing(before)
    colon = ":" if at_line_start and not rest.strip() else ""
    marked = _marked(study, start, end, colon + closing)
    spot = spot_of(marked.seen.root, MARK, study.shape)
    found: tuple[Candidate, ...] = ()
    if spot is not None and spot.is_key:
        spread = at_line_start and not _IN_BRACES.fullmatch(before)
        found = tuple(keys_at(marked, spot, MARK, before, spread))
    if not found and colon:  # what begins a line may also be an item of a list
        marked = _marked(study, start, end, closing)
        spot = spot_of(marked.seen.root, MARK, study.shape)
    if spot is not None and not spot.is_key:
        found = tuple(_values(marked, spot, before))
    return Offer(start, end, found)


def _in_braces(study: Study, start: int, end: int) -> Iterator[Candidate]:
    """Yield what can stand within `{{ }}` of a message, or of a step's own words."""
    marked = _marked(study, start, end, "")
    before = template_at(study.text, start) or ""
    spot = spot_of(marked.seen.root, MARK, study.shape)
    if spot is None or study.of is not None:
        return
    if len(spot.trail) > 1 and spot.trail[0] == "messages":
        yield from in_message(marked, spot.trail[1], before)
    else:
        yield from _filters_or(before, names_in_words(marked, spot))


def in_message(study: Study, message: str, before: str) -> Iterator[Candidate]:
    """Yield what can stand within `{{ }}` of a message; behind a `|` these are filters."""
    yield from _filters_or(before, names_in_message(study, message))


def _filters_or(before: str, names: Iterable[Any]) -> Iterator[Candidate]:
    if "|" in before:
        yield from (Candidate(name, "filter", name, "a filter") for name in FILTERS)
        return
    for name in names:
        if MARK not in name.name:
            yield Candidate(name.name, "name", plain(name.name), name.says)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)


def _closing(before: str) -> str:
    """Return the quotes, braces and brackets that a line leaves open, closed."""
    opened, quote = "", ""
    for char in before:
        if quote or char in "\"'":
            quote = "" if char == quote else quote or char
        elif char in "{[":
            opened = {"{": "}", "[": "]"}[char] + opened
        elif char in "}]":
            opened = opened[1:]
    return quote + opened


def _marked(study: Study, start: int, end: int, behind: str) -> Study:
    return study.with_text(f"{study.text[:start]}{MARK}{behind}{study.text[end:]}")


def _values(study: Study, spot: Spot, before: str) -> Iterator[Candidate]:
    yield from rows_behind(study, spot, before)
    kind, written = kind_at(spot), spot.scalar.value.partition(MARK)[0]
    names = [each for each in names_at(study, spot) if MARK not in each.name]
    if isinstance(kind, Kind) and kind.name == CONDITION.name:
        found = in_a_condition(study, spot, written)
    else:
        found = in_time(kind, names, written)
    if found is not None:
        yield from found
        return
    sort: Sort = "message" if kind is MESSAGE_NAME else "name"
    yield from (Candidate(name.name, sort, plain(name.name), name.says) for name in names)
    if spot.argument is None:
        return
    if isinstance(kind, Kind) and not names and kind not in _ANY:
        yield from (Candidate(text, "value", plain(text), kind.name) for text in _written(kind))
    if not written and _takes_keys(spot):
        yield Candidate("{ }", "word", "{$0}", "its keys, one by one")


def _takes_keys(spot: Spot) -> bool:
    """Whether a mapping can stand here instead."""
    shape = spot.argument.kind.shape if spot.argument else None
    row = row_of(spot.argument) if spot.argument else None
    if isinstance(shape, Row) or (row is not None and len(row.arguments) < 2):
        return False
    empty = nodes.Mapping((), spot.scalar.span, flow=True)
    return isinstance(shape, Keys | Either) and bool(known(shape, empty).keys)


def _written(kind: Kind[Any]) -> Iterable[str]:
    """Return the values that a kind is known to have, or how it is written."""
    if kind is TIMEZONE:
        return sorted(labels.zones())
    if kind is CURRENCY:
        return dict.fromkeys((*labels.COMMON, *sorted(currencies())))
    if kind is LANGUAGE:
        return ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "pt-BR", "sv", "da", "ja")
    return [text for text in kind.written if not text.startswith("`")]

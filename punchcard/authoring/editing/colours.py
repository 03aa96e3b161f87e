"""What stands in conditions and between braces, where an editor for YAML sees one text: names, words, values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from punchcard.authoring.editing.names import kind_at
from punchcard.authoring.editing.study import Spot, Study, spots
from punchcard.authoring.knowledge import CAMPAIGN
from punchcard.language.experiments import SUCCESS
from punchcard.language.grammar import Kind
from punchcard.language.happenings import EVENT, EVENTS
from punchcard.language.keys import STOP_WHEN
from punchcard.language.kinds import CHOOSER, CONDITION, EXPIRY, MOMENT
from punchcard.language.nodes import Scalar, Span
from punchcard.language.source import source_of
from punchcard.messages.filters import FILTERS

Sort = Literal["variable", "property", "keyword", "string", "number", "function", "operator"]
SORTS: tuple[Sort, ...] = ("variable", "property", "keyword", "string", "number", "function", "operator")
WORDS = frozenset(
    {"and", "or", "not", "in", "if", "elif", "else", "endif", "for", "endfor", "set", "true", "false"}
)
_TOKEN = re.compile(
    r"(?P<string>\"[^\"\n]*\"|'[^'\n]*')|(?P<number>\b\d+(?:\.\d+)?\b)|(?P<word>[A-Za-z_]\w*)|(?P<operator>[=!<>]=|[<>|])"
)
_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_EXPRESSIONS = (CHOOSER, EVENTS, EVENT, STOP_WHEN.kind, SUCCESS)
_TIMES = (MOMENT, EXPIRY)


@dataclass(frozen=True, slots=True)
class Token:
    """A word within a text, and what it is."""

    span: Span
    sort: Sort


def tokens(study: Study, text: str, *, of_message: bool = False) -> Iterator[Token]:
    """Yield the words of a file's conditions and braces, in the order of the text."""
    if of_message:
        source = source_of("", text)
        for braces in _BRACES.finditer(source.text):
            for start, end, sort in _words(braces.group(), filters=True):
                yield Token(Span(source, braces.start() + start, braces.start() + end), sort)
        return
    for spot in spots(study.seen.root, study.shape):
        if not spot.is_key and "\n" not in spot.scalar.span.text or spot.scalar.style == "|":
            yield from _of(study, spot)


def _of(study: Study, spot: Spot) -> Iterator[Token]:
    scalar, kind = spot.scalar, kind_at(spot)
    if isinstance(kind, Kind) and (kind in _EXPRESSIONS or kind.name == CONDITION.name):
        yield from _tokens(scalar, 0, scalar.value, filters=False)
    elif isinstance(kind, Kind) and kind in _TIMES:
        named = re.search(r"[a-z]\w*\.\w+", scalar.value)
        if named:
            yield from _tokens(scalar, named.start(), named.group(), filters=False)
    elif study.shape is CAMPAIGN:
        for braces in _BRACES.finditer(scalar.value):
            yield from _tokens(scalar, braces.start(), braces.group(), filters=True)


def _tokens(scalar: Scalar, begin: int, text: str, *, filters: bool) -> Iterator[Token]:
    for start, end, sort in _words(text, filters=filters):
        yield Token(scalar.part(begin + start, begin + end), sort)


def _words(text: str, *, filters: bool) -> Iterator[tuple[int, int, Sort]]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        match found.lastgroup:
            case "string":
                yield start, end, "string"
            case "number":
                yield start, end, "number"
            case "operator":
                yield start, end, "operator"
            case _:
                yield start, end, _sort(text, start, end, filters)


def _sort(text: str, start: int, end: int, filters: bool) -> Sort:
    word = text[start:end]
    if text[:start].endswith("."):
        return "function" if text[end : end + 1] == "(" else "property"
    if word in WORDS and text[end : end + 1] != ".":
        return "keyword"
    if filters and word in FILTERS and text[:start].rstrip().endswith("|"):
        return "function"
    return "variable"

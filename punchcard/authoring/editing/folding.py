"""Which lines belong together: keys with what is below them, steps with what is beside them, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from punchcard.language import nodes
from punchcard.language.nodes import Node, Scalar, Source, Span
from punchcard.language.source import source_of


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 1, of which the first stays to be seen."""

    first: int
    last: int
    sort: Literal["region", "comment"] = "region"


def folds(root: Node, text: str) -> tuple[Fold, ...]:
    """Return what can be folded in a file, the outer before the inner."""
    source = source_of("", text)
    spans = [*_spans(root), *_comments(source)]
    found: dict[int, Fold] = {}
    for span, sort in spans:
        first, last = source.place(span.start)[0], source.place(max(span.start, span.end - 1))[0]
        while last > first and not source.lines[last - 1].strip():
            last -= 1
        if last > first:
            found[first] = max(found.get(first, Fold(first, last, sort)), Fold(first, last, sort), key=_lines)
    return tuple(found[first] for first in sorted(found))


def _lines(fold: Fold) -> int:
    return fold.last


def _spans(node: Node) -> Iterator[tuple[Span, Literal["region", "comment"]]]:
    match node:
        case nodes.Mapping(entries=entries):
            for entry in entries:
                yield entry.key.span.until(entry.value.span), "region"
                yield from _spans(entry.value)
        case nodes.Sequence(items=items):
            for item in items:
                yield item.span, "region"
                yield from _spans(item)
        case _:
            pass


def _comments(source: Source) -> Iterator[tuple[Span, Literal["region", "comment"]]]:
    """Yield comments of several lines."""
    begun: int | None = None
    for number, line in enumerate((*source.lines, ""), start=1):
        if line.lstrip().startswith("#"):
            begun = begun or number
        elif begun is not None:
            if number - begun > 1:
                yield Span(source, source.offset(begun, 1), source.offset(number - 1, 10**6)), "comment"
            begun = None


def selections(root: Node, offset: int) -> tuple[Span, ...]:
    """Return what lies around an offset, from a word outward: value, key with value, step, block, file."""
    found = list(_around(root, offset))
    return tuple(dict.fromkeys(sorted(found, key=lambda span: span.end - span.start)))


def _around(node: Node, offset: int) -> Iterator[Span]:
    if not node.span.start <= offset <= node.span.end:
        return
    yield node.span
    match node:
        case Scalar() if not node.style:
            yield from _word(node, offset)
        case nodes.Mapping(entries=entries):
            for entry in entries:
                whole = entry.key.span.until(entry.value.span)
                if whole.start <= offset <= whole.end:
                    yield whole
                    yield from _around(entry.key, offset)
                    yield from _around(entry.value, offset)
        case nodes.Sequence(items=items):
            for item in items:
                yield from _around(item, offset)
        case _:
            pass


def _word(scalar: Scalar, offset: int) -> Iterator[Span]:
    """Yield the word of a condition or a text in which an offset lies."""
    start = scalar.span.start
    for word in scalar.span.text.split(" "):
        if start <= offset <= start + len(word):
            yield Span(scalar.span.source, start, start + len(word))
        start += len(word) + 1

"""Changes of texts: a part becomes another, a key comes into a mapping in the way that it is written, or goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from punchcard.language import nodes
from punchcard.language.nodes import Entry, Node, Scalar, Source


@dataclass(frozen=True, slots=True)
class Change:
    """The characters of a file from `start` to `end` become `text`."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes that belong together, and files that come to be with their texts; `preferred` if it is what was meant."""

    title: str
    changes: tuple[Change, ...]
    creates: Mapping[str, str] = field(default_factory=dict)
    preferred: bool = False


def with_key(source: Source, mapping: nodes.Mapping, written: str) -> Change:
    """Return the change that puts a key with its value behind the others of a mapping; further lines are deeper."""
    if mapping.flow:
        at = mapping.span.end - 1
        return Change(source.name, at, at, f"{', ' if mapping.entries else ''}{written}")
    if not mapping.entries:
        return Change(source.name, mapping.span.end, mapping.span.end, f"{written}\n")
    first = mapping.entries[0].key.span.start
    _, column = source.place(first)
    indent = "\n" + " " * (column - 1)
    at = _end_of_line(source, max(mapping.span.end, mapping.entries[-1].value.span.end))
    return Change(source.name, at, at, indent + written.replace("\n", indent))


def with_argument(source: Source, entry: Entry, main: str | None, written: str) -> Change | None:
    """Return the change that puts an argument into the value of a verb or trigger; None where none fits."""
    match entry.value:
        case nodes.Mapping(entries=entries) as mapping if entries or mapping.flow:
            return with_key(source, mapping, written)
        case Scalar(empty=True):
            at = entry.key.span.end + 1
            return Change(source.name, at, at, f" {{{written}}}")
        case Scalar(span=span) if main is not None and "\n" not in span.text:
            return Change(source.name, span.start, span.end, f"{{{main}: {span.text}, {written}}}")
        case nodes.Sequence(span=span) if main is not None and span.text.startswith("["):
            return Change(source.name, span.start, span.end, f"{{{main}: {span.text}, {written}}}")
        case _:
            return None


def without(source: Source, mapping: nodes.Mapping, entry: Entry) -> Change | None:
    """Return the change that takes a key with its value out; None where the line begins with more than it."""
    start, end = entry.key.span.start, max(entry.key.span.end + 1, entry.value.span.end)
    if mapping.flow:
        others = [each for each in mapping if each is not entry]
        if not others:
            return Change(source.name, start, end, "")
        before = [each for each in others if each.key.span.start < start]
        if before:
            return Change(source.name, max(before[-1].value.span.end, before[-1].key.span.end), end, "")
        return Change(source.name, start, others[0].key.span.start, "")
    line_start = source.text.rfind("\n", 0, start) + 1
    if source.text[line_start:start].strip():
        return None
    return Change(source.name, line_start, min(_end_of_line(source, end) + 1, len(source.text)), "")


def _end_of_line(source: Source, offset: int) -> int:
    end = source.text.find("\n", offset)
    return end if end >= 0 else len(source.text)


def entries_at(root: Node, offset: int) -> tuple[tuple[nodes.Mapping, Entry], ...]:
    """Return the entries around an offset with their mappings, the innermost first."""
    return tuple(reversed(list(_around(root, offset))))


def _around(node: Node, offset: int) -> Iterator[tuple[nodes.Mapping, Entry]]:
    match node:
        case nodes.Mapping(entries=entries):
            for entry in entries:
                if entry.key.span.start <= offset <= max(entry.value.span.end, entry.key.span.end):
                    yield node, entry
                    yield from _around(entry.value, offset)
        case nodes.Sequence(items=items):
            for item in items:
                yield from _around(item, offset)
        case _:
            pass

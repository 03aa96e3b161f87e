"""A campaign's text as a tree in which every part knows its place: the parser's result, before any meaning."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Source:
    """One text and its name, as messages show it; lines end with a line feed.

    `places` keeps where the characters of its values stand, once somebody has asked.
    """

    name: str
    text: str
    places: dict[tuple[int, int, str], list[int]] = field(default_factory=dict, repr=False)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their line feeds."""
        return tuple(self.text.split("\n"))

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts[:-1]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from 1."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column, both counted from 1 and kept inside the text."""
        line = max(1, min(line, len(self.lines)))
        return self._starts[line - 1] + max(0, min(column - 1, len(self.lines[line - 1])))


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a source: from `start` up to, not including, `end`."""

    source: Source = field(compare=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.start : self.end]

    def until(self, other: Span) -> Span:
        """Return the span from here to the end of `other`."""
        return Span(self.source, self.start, max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as text; `style` is YAML's quote or block sign, or empty for plain text."""

    value: str
    span: Span
    style: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all was written."""
        return not self.value and not self.style

    def part(self, start: int, end: int) -> Span:
        """Return where the characters `start` to `end` of the value stand in the source.

        The value differs from its source by quotes, escapes, folding and indentation only,
        so each of its characters is found by going through both side by side.
        """
        known = self.span.source.places
        key = (self.span.start, self.span.end, self.style)
        if key not in known:
            known[key] = self._places()
        places, end_of_all = known[key], self.span.end
        begin = places[start] if start < len(places) else end_of_all
        last = places[end - 1] + 1 if 0 < end <= len(places) else begin
        return Span(self.span.source, begin, max(begin, min(last, end_of_all)))

    def _places(self) -> list[int]:
        """Return the offset of each of the value's characters."""
        written = list(self._written())
        places: list[int] = []
        at = 0
        for char in self.value:
            found = at
            while found < len(written) and not _same(written[found][1], char):
                found += 1
            at = found if found < len(written) else at
            places.append(written[at][0] if at < len(written) else self.span.end)
            at += 1
        return places

    def _written(self) -> Iterator[tuple[int, str]]:
        """Yield (offset, character) of the source; an escape is one character of any kind."""
        begin = self.span.start
        if self.style in ("|", ">"):
            begin = self.span.source.text.find("\n", begin) + 1
        elif self.style:
            begin += 1
        pattern = _ESCAPED if self.style == '"' else _CHARACTER
        for found in pattern.finditer(self.span.source.text, begin, max(begin, self.span.end)):
            yield found.start(), found.group()


_CHARACTER = re.compile(r".", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:x\w{2}|u\w{4}|U\w{8}|.)|.", re.DOTALL)


def _same(written: str, char: str) -> bool:
    return len(written) > 1 or written == char or (written.isspace() and char.isspace())


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the text; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return next((entry.value for entry in self.entries if entry.key.value == key), None)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Broken:
    """What could not be read and has been reported already; whoever meets it says nothing more."""

    span: Span


Node = Scalar | Mapping | Sequence | Broken

"""The comments of a text: what stands behind a `#` outside of every value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from punchcard.language import nodes
from punchcard.language.nodes import Node, Scalar, Source, Span

_HASH = re.compile(r"(?:^|(?<=[ \t]))#.*$", re.MULTILINE)
BLOCK = ("|", ">")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment with its sign; `alone` if nothing else stands on its line."""

    span: Span
    line: int
    column: int
    alone: bool

    @property
    def text(self) -> str:
        """What stands there, without white space at its end."""
        return self.span.text.rstrip()


def comments(source: Source, root: Node) -> Iterator[Comment]:
    """Yield the comments of a text, of which `root` is the tree, in their order."""
    texts: list[tuple[int, int]] | None = None
    for found in _HASH.finditer(source.text):
        if texts is None:
            texts = sorted((text_start(each), each.span.end) for each in scalars(root))
        before = bisect_right(texts, (found.start(), len(source.text))) - 1
        if before >= 0 and texts[before][0] <= found.start() < texts[before][1]:
            continue
        line, column = source.place(found.start())
        alone = not source.lines[line - 1][: column - 1].strip()
        yield Comment(Span(source, found.start(), found.end()), line, column, alone)


def text_start(scalar: Scalar) -> int:
    """Return where a value's text begins: that of a block below its sign, behind which a comment can stand."""
    if scalar.style not in BLOCK:
        return scalar.span.start
    source = scalar.span.source
    end_of_line = source.text.find("\n", scalar.span.start)
    return end_of_line + 1 if end_of_line >= 0 else scalar.span.end


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield all single values of a tree, keys included, in the order of the text."""
    match node:
        case Scalar():
            yield node
        case nodes.Mapping(entries=entries):
            for entry in entries:
                yield entry.key
                yield from scalars(entry.value)
        case nodes.Sequence(items=items):
            for item in items:
                yield from scalars(item)

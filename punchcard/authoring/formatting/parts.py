"""A file as parts that can be moved: each key or list item with its value, its comments and the empty line above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from punchcard.authoring.knowledge import children
from punchcard.language import nodes
from punchcard.language.comments import Comment
from punchcard.language.grammar import Shape
from punchcard.language.nodes import Node, Scalar, Source


@dataclass(slots=True, eq=False)
class Part:
    """A key with its value, or an item of a list (`key` is None); `start` is where its key or dash stands.

    Comments stand `above` it, `behind` its first line or `below` all of it. `within` is the collection's
    node, and `parent` the part whose value that is.
    """

    key: Scalar | None
    value: Node
    shape: Shape | None
    within: Node
    parent: Part | None
    start: int
    line: int
    column: int
    parts: list[Part] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    blank: bool = False

    @property
    def commented(self) -> bool:
        """Whether it or something within has a comment."""
        return bool(self.above or self.behind or self.below) or any(part.commented for part in self.parts)


def is_flow(node: Node) -> bool:
    """Whether a collection stands in braces or brackets."""
    return isinstance(node, nodes.Mapping | nodes.Sequence) and node.span.text[:1] in ("{", "[")


def taken_apart(
    root: Node, shape: Shape | None, comments: Iterable[Comment]
) -> tuple[list[str], list[Part], list[str]]:
    """Return the comments at the head of the file, its parts with theirs, and the comments at its foot.

    A comment above everything belongs to the file if it is a modeline, or if an empty line follows it.
    """
    source = root.span.source
    remarks = list(comments)
    parts = list(_parts(root, shape, None, [each.span for each in remarks]))
    in_order = sorted(_all(parts), key=lambda part: part.start)
    starts = [part.start for part in in_order]
    head: list[str] = []
    foot: list[str] = []
    gap = _gap_above(parts[0].line, source) if parts else 0
    for remark in remarks:
        if parts and remark.span.start < starts[0] and (is_modeline(remark.text) or remark.line < gap):
            head += _apart(remark)
        else:
            _attach(remark, in_order, bisect_right(starts, remark.span.start), head, foot)
    for part in in_order[1:]:
        part.blank = _is_blank(source, part.line - 1) and not is_flow(part.within)
    return head, parts, foot


def _parts(node: Node, shape: Shape | None, parent: Part | None, remarks: list[nodes.Span]) -> Iterator[Part]:
    source = node.span.source
    keys: list[Scalar | None] = (
        [entry.key for entry in node.entries]
        if isinstance(node, nodes.Mapping)
        else [None] * len(children(node, shape))
    )
    for key, (value, inner) in zip(keys, children(node, shape), strict=True):
        if key is not None:
            start = key.span.start
        else:
            start = value.span.start if is_flow(node) else _dash(value, source, remarks)
        part = Part(key, value, inner, node, parent, start, *source.place(start))
        part.parts = list(_parts(value, inner, part, remarks))
        yield part


def _dash(value: Node, source: Source, remarks: list[nodes.Span]) -> int:
    """Return where the dash of a list's item stands: before its value, and not within a comment."""
    at = value.span.start
    while at > 0:
        at = source.text.rfind("-", 0, at)
        if at < 0:
            return value.span.start
        index = bisect_right(remarks, at, key=lambda span: span.start) - 1
        if index < 0 or at >= remarks[index].end:
            return at
    return at


def _all(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all(part.parts)


def _gap_above(line: int, source: Source) -> int:
    """Return the last empty line above a line; 0 if there is none."""
    return next((each for each in range(line - 1, 0, -1) if _is_blank(source, each)), 0)


def is_modeline(comment: str) -> bool:
    """Whether a comment tells the editor which schema to use."""
    return "yaml-language-server:" in comment


def _attach(remark: Comment, in_order: list[Part], following: int, head: list[str], foot: list[str]) -> None:
    """Give a comment to the part that it speaks of; `following` is the index of the first part behind it."""
    before = in_order[following - 1] if following else None
    after = in_order[following] if following < len(in_order) else None
    at = remark.span.start
    if before is None and after is None:
        head += _apart(remark)
    elif not remark.alone and before is not None:
        while before.parent is not None and is_flow(before.within) and before.within.span.end <= at:
            before = before.parent
        before.behind.append(remark.text)
    elif before is not None and (after is None or _ends_a_block(remark, before, after)):
        while before.parent is not None and (
            before.column > remark.column or (is_flow(before.within) and before.within.span.end <= at)
        ):
            before = before.parent
        # At the column of what follows, nobody could tell which of both it belongs to.
        inside = remark.column > before.column
        if after is None and not inside and before.parent is None:
            foot += _apart(remark)
            return
        margin = "  " if inside and (after is None or before.column <= after.column) else ""
        before.below += [f"{margin}{text}" if text else "" for text in _apart(remark)]
    elif after is not None:
        after.above += _apart(remark)


def _apart(remark: Comment) -> list[str]:
    """Return the comment, with the empty line above it if there is one."""
    return ["", remark.text] if _is_blank(remark.span.source, remark.line - 1) else [remark.text]


def _is_blank(source: Source, line: int) -> bool:
    return line > 0 and not source.lines[line - 1].strip()


def _ends_a_block(remark: Comment, before: Part, after: Part) -> bool:
    """Whether a comment stands behind the last part of its block, rather than above the next part."""
    inside = is_flow(before.within) and before.within.span.start < remark.span.start < before.within.span.end
    if inside:
        return after.start >= before.within.span.end
    return remark.column > after.column

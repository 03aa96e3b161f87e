"""Parts → lines: the canonical order of keys and the canonical spacing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from punchcard.authoring.formatting.parts import Part, is_flow, is_modeline
from punchcard.authoring.knowledge import TRIGGER, known, text_shape
from punchcard.language import nodes
from punchcard.language.grammar import Shape
from punchcard.language.nodes import Node, Scalar

WIDEST = 100
INDENT = "  "
_UNSHOWN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)
_LINE_START = re.compile(r"[ \t]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line feed, and the comment behind it."""

    text: str
    comment: str = ""


def printed(head: list[str], root: Node, shape: Shape | None, parts: list[Part], foot: list[str]) -> str:
    """Return the whole file."""
    modelines = [each for each in head if is_modeline(each)]
    others = "\n".join(each for each in head if not is_modeline(each)).strip("\n").split("\n")
    others = others if others != [""] else []
    lines = [Line(each) for each in (*modelines, *others)]
    if is_flow(root) and not parts:
        lines.append(Line(root.span.text))
    body = list(_block(root, shape, parts, "", top=True))
    if body and body[0].text == "":
        body = body[1:]
    if others and parts:
        lines.append(Line(""))
    return "\n".join(_aligned([*lines, *body, *map(Line, foot)])).rstrip("\n") + "\n"


def _aligned(lines: list[Line]) -> Iterator[str]:
    """Yield the lines; comments behind neighbouring lines stand below each other."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].comment:
            end += 1
        width = max((len(line.text) for line in lines[at:end]), default=0)
        for line in lines[at:end]:
            yield f"{line.text:<{width}}  {line.comment}"
        if end == at:
            yield lines[at].text
            end += 1
        at = end


def in_order(node: Node, shape: Shape | None, parts: list[Part]) -> list[Part]:
    """Return the parts of a mapping in canonical order; what the tables do not know stays behind, as it was.

    Names of the author's own stand before keys of a table.
    """
    if not isinstance(node, nodes.Mapping) or shape == TRIGGER:
        return parts
    here = known(shape, node)
    places = {name: index for index, name in enumerate(here.keys)}
    others = len(places) if here.free is None else -1
    return sorted(parts, key=lambda part: places.get(part.key.value, others) if part.key else 0)


def _block(
    node: Node, shape: Shape | None, parts: list[Part], indent: str, *, top: bool = False
) -> Iterator[Line]:
    """Yield the lines of a collection in block style."""
    loose = False
    for number, part in enumerate(in_order(node, shape, parts)):
        lines = list(_entry(part, indent) if part.key is not None else _item(part, indent))
        apart = lines[0].text == ""
        spread = top and sum(1 for line in lines if line.text and not line.text.lstrip().startswith("#")) > 1
        if number and (apart or spread or loose):
            yield Line("")
        loose = spread
        yield from lines[1:] if apart else lines


def _entry(part: Part, indent: str) -> Iterator[Line]:
    assert part.key is not None
    key = f"{indent}{part.key.span.text}:"
    yield from _comments([*part.above, *part.behind[:-1]], indent)
    if part.blank:
        yield Line("")
    behind = part.behind[-1] if part.behind else ""
    on_one_line = _on_one_line(part, len(key) + 1)
    if on_one_line is not None:
        yield Line(f"{key} {on_one_line}".rstrip(), behind)
    elif isinstance(part.value, Scalar):
        header, *texts = _as_block(part.value, part.shape)
        yield Line(f"{key} {header}", behind)
        yield from (Line(f"{indent}{INDENT}{text}" if text else "") for text in texts)
    else:
        yield Line(key, behind)
        yield from _block(part.value, part.shape, part.parts, indent + INDENT)
    yield from _comments(part.below, indent)


def _item(part: Part, indent: str) -> Iterator[Line]:
    inner = indent + INDENT
    gap = [""] if part.blank else []
    first = in_order(part.value, part.shape, part.parts)[:1]
    on_one_line = _on_one_line(part, len(inner))
    if on_one_line is not None:
        yield from _comments([*part.above, *gap, *part.behind[:-1]], indent)
        yield Line(f"{indent}- {on_one_line}".rstrip(), part.behind[-1] if part.behind else "")
    elif isinstance(part.value, Scalar):
        header, *texts = _as_block(part.value, part.shape)
        yield from _comments([*part.above, *gap, *part.behind[:-1]], indent)
        yield Line(f"{indent}- {header}", part.behind[-1] if part.behind else "")
        yield from (Line(f"{inner}{text}" if text else "") for text in texts)
    else:
        # What stands above the first key would have to stand behind the dash.
        yield from _comments(
            [*part.above, *gap, *part.behind, *(each for one in first for each in one.above)], indent
        )
        for one in first:
            one.above, one.blank = [], False
        lines = list(_block(part.value, part.shape, part.parts, inner))
        yield Line(f"{indent}- {lines[0].text[len(inner) :]}", lines[0].comment)
        yield from lines[1:]
    yield from _comments(part.below, indent)


def _comments(texts: Iterable[str], indent: str) -> Iterator[Line]:
    for text in texts:
        yield Line(f"{indent}{text}" if text else "")


# --- values on one line -------------------------------------------------------------------------------


def _on_one_line(part: Part, column: int) -> str | None:
    """Return the value as it stands behind its key, if it fits there."""
    if isinstance(part.value, Scalar):
        return _scalar(part.value, part.shape)
    if not is_flow(part.value) or any(each.commented for each in part.parts):
        return None
    text = _flow(part.value, part.shape, part.parts)
    if text is None or (column + len(text) > WIDEST and part.parts):
        return None
    return text


def _flow(node: Node, shape: Shape | None, parts: list[Part]) -> str | None:
    """Return a collection in braces or brackets; None if a text within needs a block."""
    texts = []
    for part in in_order(node, shape, parts):
        inner = (
            _scalar(part.value, part.shape)
            if isinstance(part.value, Scalar)
            else _flow(part.value, part.shape, part.parts)
        )
        if inner is None:
            return None
        texts.append(f"{part.key.span.text}: {inner}".rstrip() if part.key is not None else inner)
    opening, closing = "{}" if isinstance(node, nodes.Mapping) else "[]"
    return f"{opening}{', '.join(texts)}{closing}"


def _scalar(scalar: Scalar, shape: Shape | None) -> str | None:
    """Return a value on one line; None if it is a text of several lines, or one that is to stand in a block."""
    text = text_shape(shape)
    if scalar.style in ("|", ">"):
        return None
    if text is not None and text.long and scalar.value.strip() and not _UNSHOWN.search(scalar.value):
        return None
    if "\n" not in scalar.span.text:
        return scalar.span.text
    if "\n" not in scalar.value and scalar.style != '"':
        return scalar.value if not scalar.style else "'" + scalar.value.replace("'", "''") + "'"
    return json.dumps(scalar.value, ensure_ascii=False)


def _as_block(scalar: Scalar, shape: Shape | None) -> list[str]:
    """Return a text as a block: its sign, and its lines without their indentation."""
    if scalar.style == ">":
        return _folded(scalar)
    text = text_shape(shape)
    value = scalar.value
    if text is not None and text.long:
        value = value.rstrip() + "\n"
    if not value.strip("\n") or _UNSHOWN.search(value):
        return [json.dumps(scalar.value, ensure_ascii=False)]
    ends = len(value) - len(value.rstrip("\n"))
    first = next(line for line in value.split("\n") if line)
    sign = "|" + ("2" if _LINE_START.match(first) else "") + ("-" if not ends else "+" if ends > 1 else "")
    lines = value.rstrip("\n").split("\n")
    return [sign, *lines, *([""] * (ends - 1))]


def _folded(scalar: Scalar) -> list[str]:
    """Return a folded text as it was written: where its lines break is the author's."""
    header, *lines = scalar.span.text.rstrip().split("\n")
    sign = header.split("#")[0].strip()
    first = next((line for line in lines if line.strip()), None)
    if first is None or "+" in sign or re.search(r"\d", sign) or _UNSHOWN.search(scalar.value):
        return [json.dumps(scalar.value, ensure_ascii=False)]
    margin = len(first) - len(first.lstrip(" "))
    return [sign, *(line[margin:].rstrip("\n") if line.strip() else "" for line in lines)]

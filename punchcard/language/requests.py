"""What a request to another system says: values in its address, and values, texts and lists of them in its body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from punchcard.language import nodes
from punchcard.language.grammar import Context
from punchcard.language.looks import LONGEST, NAME, named, told
from punchcard.language.names import in_request
from punchcard.language.nodes import Broken, Node, Scalar
from punchcard.plan.conditions import Const
from punchcard.plan.model import Body, Entry, Joined, Listing, Piece, Record

DEEPEST = 5
MOST_VALUES = 100
LONGEST_NAME = 100
_BRACES = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)


def body(node: Node, context: Context) -> Body | None:
    """Read what a request hands over; None after saying why it cannot be."""
    if isinstance(node, Scalar):
        expected = "fields with values: `{order: order.id, gift: mug}`"
        context.findings.add("PC1201", node.span, "a body is fields with values", expected=expected)
        return None
    found = _value(node, context, 0)
    values = 0 if found is None else sum(1 for _ in _all(found))
    if values > MOST_VALUES:
        message = f"this body has {values} values"
        context.findings.add("PC1209", node.span, message, expected=f"at most {MOST_VALUES}")
    return found


def words(found: Scalar, context: Context, *, begin: int = 0) -> tuple[Piece, ...]:
    """Read a text with names between braces as its pieces, from the character `begin` on."""
    made: list[Piece] = []
    last = begin
    for braces in _BRACES.finditer(found.value, begin):
        if braces.start() > last:
            made.append(Piece(Const(found.value[last : braces.start()])))
        last = braces.end()
        piece = _between(braces, found, context)
        if piece is not None:
            made.append(piece)
    if last < len(found.value):
        made.append(Piece(Const(found.value[last:])))
    return tuple(made)


def _between(braces: re.Match[str], found: Scalar, context: Context) -> Piece | None:
    span = found.part(braces.start(1), braces.end(1))
    if not NAME.fullmatch(braces[1]):
        first = NAME.match(braces[1])
        meant = first[0] if first else None
        message = (
            f"`{braces[1]}` is more than a name" if braces[1] else "there is no name between these braces"
        )
        context.findings.add("PC1356", span, message, expected="`{{ order.id }}`", suggestion=meant)
        return None
    piece = named(braces[1], span, in_request(context.scope), context)
    if piece is not None and piece.type.startswith("list"):
        message = f"`{braces[1]}` is a list, and one value belongs here"
        context.findings.add("PC1411", span, message, expected="a name with one value, such as order.id")
        return None
    return piece


def _value(node: Node, context: Context, depth: int) -> Body | None:
    if depth > DEEPEST:
        message = f"this body is nested more than {DEEPEST} deep"
        context.findings.add("PC1209", node.span, message, expected=f"at most {DEEPEST}")
        return None
    match node:
        case nodes.Mapping():
            entries = (_entry(entry, context, depth) for entry in node)
            return Record(tuple(entry for entry in entries if entry is not None))
        case nodes.Sequence(items=items):
            values = (_value(item, context, depth + 1) for item in items)
            return Listing(tuple(value for value in values if value is not None))
        case Scalar(empty=True):
            expected = "a value, a text in quotes, or a name such as order.id"
            context.findings.add("PC1202", node.span, "there is no value here", expected=expected)
            return None
        case Scalar():
            return _single(node, context)
        case Broken():
            return None


def _entry(entry: nodes.Entry, context: Context, depth: int) -> Entry | None:
    name = entry.key.value
    if not name or len(name) > LONGEST_NAME:
        expected = f"a name of at most {LONGEST_NAME} characters"
        context.findings.add("PC1209", entry.key.span, "this cannot name a field", expected=expected)
        return None
    value = _value(entry.value, context, depth + 1)
    return None if value is None else Entry(name, value)


def _single(found: Scalar, context: Context) -> Body | None:
    """Tell what a value is: what the other system takes is not known here."""
    if "{{" in found.value and len(found.value) <= LONGEST:
        return Joined(words(found, context))
    return told(found, in_request(context.scope), context)


def _all(found: Body) -> Iterator[Body]:
    match found:
        case Record(entries=entries):
            for entry in entries:
                yield from _all(entry.value)
        case Listing(items=items):
            for item in items:
                yield from _all(item)
        case _:
            yield found

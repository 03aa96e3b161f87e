"""What belongs inside a verb and what beside it: a key in the wrong place is reported, and read all the same."""

from __future__ import annotations

from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.beside import ROWS as BESIDE_ROWS
from punchcard.language.grammar import Context, Verb
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Entry, Node, Scalar
from punchcard.language.steps import VERBS

ROWS = MappingProxyType({verb.name: verb for verb in VERBS})
EVERYWHERE = ("id", "note")
BESIDE = tuple(BESIDE_ROWS)


def arranged(verb: Verb, key: Scalar, node: nodes.Mapping, context: Context) -> tuple[Node, dict[str, Entry]]:
    """Return the verb's value, and what stands beside it by its names."""
    value = node.get(key.value)
    assert value is not None, "the key is one of the node's"
    arguments = {argument.name for argument in verb.arguments} | set(verb.later)
    beside: dict[str, Entry] = {}
    aside: list[Entry] = []
    for entry in node:
        name = entry.key.value
        if entry.key is key or name in ROWS:
            continue
        if name in (*verb.beside, *EVERYWHERE):
            beside[name] = entry
        elif name in arguments:
            aside.append(entry)
        else:
            meant = _not_beside(verb, entry.key, context)
            if meant in verb.beside and node.get(meant) is None:
                beside[meant] = entry
    value = _taken_out(verb, value, beside, arguments, context)
    if aside:
        _say_aside(verb, value, aside, context)
        value = _gathered(verb, value, aside)
    return value, beside


def _taken_out(
    verb: Verb, value: Node, beside: dict[str, Entry], arguments: set[str], context: Context
) -> Node:
    """Move what belongs beside the verb out of its value."""
    if not isinstance(value, nodes.Mapping):
        return value
    kept = []
    for entry in value:
        name = entry.key.value
        if name in arguments or name not in (*verb.beside, *EVERYWHERE):
            kept.append(entry)
            continue
        message = f"`{name}` belongs beside `{verb.name}`, not inside it"
        expected = f"it below, in the same column as `{verb.name}`"
        context.findings.add("PC1315", entry.key.span, message, expected=expected)
        beside.setdefault(name, entry)
    return nodes.Mapping(tuple(kept), value.span, value.flow)


def _say_aside(verb: Verb, value: Node, aside: list[Entry], context: Context) -> None:
    name = aside[0].key.value
    what = "belongs" if len(aside) == 1 else "and what follows belong"
    message = f"`{name}` {what} inside `{verb.name}`, not beside it"
    empty = isinstance(value, Scalar) and value.empty
    within = f"all within: `{verb.name}: {{…, {name}: …}}`"
    expected = "two more spaces of indentation" if empty else within
    context.findings.add("PC1312", aside[0].key.span, message, expected=expected)


def _not_beside(verb: Verb, key: Scalar, context: Context) -> str | None:
    """Say that a key cannot stand beside the verb; returns the one that was probably meant."""
    allowed = (*verb.beside, *EVERYWHERE)
    meant = nearest(key.value, (*allowed, *(argument.name for argument in verb.arguments)))
    code = "PC1313" if key.value in BESIDE else "PC1101"
    message = f"`{key.value}` cannot stand beside `{verb.name}`"
    context.findings.add(code, key.span, message, expected=listed(allowed), suggestion=meant)
    return meant


def _gathered(verb: Verb, value: Node, aside: list[Entry]) -> Node:
    """Return the verb's value together with the arguments that stood beside it."""
    match value:
        case nodes.Mapping(entries=entries, span=span):
            names = {entry.key.value for entry in entries}
            return nodes.Mapping(
                (*entries, *(entry for entry in aside if entry.key.value not in names)), span
            )
        case Scalar(empty=True, span=span):
            return nodes.Mapping(tuple(aside), span)
        case Scalar(span=span) if verb.main:
            main = Entry(Scalar(verb.main, span), value)
            return nodes.Mapping((main, *(entry for entry in aside if entry.key.value != verb.main)), span)
        case _:
            return value

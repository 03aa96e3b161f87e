"""`shared`: named steps with inputs, which `use` puts in their place before anything is read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from punchcard.language import nodes
from punchcard.language.arguments import read_fields, unknown_key
from punchcard.language.diagnostics import Findings
from punchcard.language.grammar import Argument, Context, Kind, Many, Named
from punchcard.language.kinds import (
    AMOUNT,
    COUNT,
    IDENTIFIER,
    MESSAGE_NAME,
    SHARE,
    TEXT,
    one_of,
    unread,
)
from punchcard.language.labels import SNAKE, kebab, snake
from punchcard.language.nodes import Broken, Entry, Node, Scalar, Sequence, Span
from punchcard.language.unfit import Unfit
from punchcard.language.working import PATIENCE

TYPES: Mapping[str, Kind[Any]] = MappingProxyType(
    {
        "message": MESSAGE_NAME,
        "name": IDENTIFIER,
        "span": PATIENCE,
        "amount": AMOUNT,
        "share": SHARE,
        "count": COUNT,
        "text": TEXT,
    }
)
INPUT_TYPE = one_of(*TYPES)
_INPUT = re.compile(r"(?<![\w.])inputs\.([a-z][a-z0-9_]*)")

INPUTS = Argument(
    "inputs",
    unread("names with their types", ("{reminder: message}",), Named(SNAKE.pattern, INPUT_TYPE)),
    f"what whoever uses it hands over, each with its type: {', '.join(TYPES)}",
    default="none",
)
# Inputs may stand wherever a value does, so editors take any list for steps here.
STEPS = Argument(
    "steps",
    unread("a list of steps", shape=Many(unread("a step"), alone=True)),
    "what is done",
    required=True,
)


@dataclass(frozen=True, slots=True)
class Shared:
    """Steps under a name: the types of their inputs, and the steps as they were written."""

    name: str
    span: Span
    inputs: Mapping[str, str]
    steps: Node


@dataclass(slots=True)
class Library:
    """All shared steps of a campaign, and which of them are used."""

    steps: Mapping[str, Shared] = field(default_factory=lambda: MappingProxyType({}))
    used: set[str] = field(default_factory=set)


def read_shared(node: Node | None, context: Context) -> Library:
    """Return the shared steps; what is wrong inside them shows where they are used."""
    if node is None or isinstance(node, Broken):
        return Library()
    if not isinstance(node, nodes.Mapping):
        expected = "a name with `inputs:` and `steps:` below it"
        context.findings.add("PC1201", node.span, "shared steps have names", expected=expected)
        return Library()
    found: dict[str, Shared] = {}
    for entry in node:
        name = kebab(entry.key.value)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
            continue
        owner = f"the shared step `{name}`"
        fields = read_fields(owner, entry.value, (INPUTS, STEPS), context, head=entry.key.span)
        steps = fields.get(STEPS)
        if steps is not None:
            found[name] = Shared(name, entry.key.span, _inputs(fields.get(INPUTS), context), steps)
    return Library(MappingProxyType(found))


def _inputs(node: Node | None, context: Context) -> Mapping[str, str]:
    types: dict[str, str] = {}
    if node is None or isinstance(node, Broken):
        return types
    if not isinstance(node, nodes.Mapping):
        expected = "names with types, such as {reminder: message}"
        context.findings.add("PC1201", node.span, "inputs have names", expected=expected)
        return types
    for entry in node:
        name, kind = snake(entry.key.value), INPUT_TYPE.read(entry.value, context)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
        elif kind is not None:
            types[name] = kind
    return types


def handed_over(shared: Shared, node: Node | None, head: Span, context: Context) -> dict[str, str] | None:
    """Return the text of each input; None after reporting what is missing, unknown or of another type."""
    given = node.entries if isinstance(node, nodes.Mapping) else ()
    if node is not None and not isinstance(node, nodes.Mapping | Broken):
        context.findings.add("PC1201", node.span, "`with` names the inputs", expected="{reminder: hello}")
        return None
    texts: dict[str, str] = {}
    failed = isinstance(node, Broken)
    for entry in given:
        kind = shared.inputs.get(entry.key.value)
        if kind is None:
            unknown_key(entry.key, f"the shared step `{shared.name}`", shared.inputs, context)
            failed = True
        elif TYPES[kind].read(entry.value, context) is None or not isinstance(entry.value, Scalar):
            failed = True
        else:
            texts[entry.key.value] = entry.value.value
    missing = [name for name in shared.inputs if name not in {entry.key.value for entry in given}]
    for name in missing:
        message = f"the shared step `{shared.name}` needs `{name}`"
        expected = f"`with: {{{name}: …}}`, a {shared.inputs[name]}"
        context.findings.add("PC1102", head, message, expected=expected)
    return None if failed or missing else texts


def names_made(node: Node) -> Iterator[str]:
    """Yield the names that steps give with `as`."""
    match node:
        case nodes.Mapping():
            for entry in node:
                if entry.key.value == "as" and isinstance(entry.value, Scalar):
                    yield entry.value.value
                yield from names_made(entry.value)
        case Sequence():
            for item in node:
                yield from names_made(item)


def filled(node: Node, inputs: Mapping[str, str], renamed: Mapping[str, str]) -> Node:
    """Return steps with their inputs in place, and what they make under other names."""
    match node:
        case Scalar():
            text = _INPUT.sub(lambda found: inputs.get(found[1], found[0]), node.value)
            for old, new in renamed.items():
                text = re.sub(rf"(?<![\w.]){old}(?=\.[a-z])", new, text)
            return node if text == node.value else replace(node, value=text)
        case nodes.Mapping():
            entries = tuple(_filled_entry(entry, inputs, renamed) for entry in node)
            return replace(node, entries=entries)
        case Sequence():
            return replace(node, items=tuple(filled(item, inputs, renamed) for item in node))
        case Broken():
            return node


def _filled_entry(entry: Entry, inputs: Mapping[str, str], renamed: Mapping[str, str]) -> Entry:
    key, value = filled(entry.key, inputs, renamed), filled(entry.value, inputs, renamed)
    if entry.key.value == "as" and isinstance(value, Scalar) and value.value in renamed:
        value = replace(value, value=renamed[value.value])
    return Entry(key if isinstance(key, Scalar) else entry.key, value)


class Noted(Findings):
    """Takes findings inside shared steps: they stand where the step is written, and name its first faulty use."""

    def __init__(self, findings: Findings, line: int, told: set[tuple[str, int]]) -> None:
        super().__init__()
        # Shared steps may use others: what is found goes to the report itself, not through each use.
        self._findings: Findings = findings._findings if isinstance(findings, Noted) else findings
        self._line = line
        self._told = told

    def add(
        self,
        code: str,
        span: Span,
        message: str,
        *,
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        """Pass a finding on, once for each place."""
        if (code, span.start) in self._told:
            return
        self._told.add((code, span.start))
        where = f"{message}, where line {self._line} uses this"
        self._findings.add(code, span, where, expected=expected, suggestion=suggestion)

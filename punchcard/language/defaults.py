"""`defaults`: arguments by verb, for each step that leaves them out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.arguments import unknown_key
from punchcard.language.grammar import Context, Verb
from punchcard.language.kinds import CHOOSER, CONDITION, MOMENT
from punchcard.language.nodes import Broken, Entry, Node, Scalar
from punchcard.language.steps import VERBS

Defaults = Mapping[str, tuple[Entry, ...]]
# Who gives one of these leaves the others out on purpose.
EITHER = (frozenset({"up_to", "until"}),)
# What can only be understood where a step stands is checked there.
BY_PLACE = (MOMENT, CONDITION, CHOOSER)


def read_defaults(node: Node | None, context: Context) -> Defaults:
    """Return the default arguments of each verb, after reporting what does not fit."""
    if node is None or isinstance(node, Broken):
        return MappingProxyType({})
    if not isinstance(node, nodes.Mapping):
        expected = "verbs with arguments, such as `reward: {expires: 30 days}`"
        context.findings.add("PC1201", node.span, "defaults stand below their verb", expected=expected)
        return MappingProxyType({})
    rows = {verb.name: verb for verb in VERBS if verb.arguments and not verb.only}
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in node:
        verb = rows.get(entry.key.value)
        if verb is None:
            unknown_key(entry.key, "`defaults`", rows, context)
        elif isinstance(entry.value, nodes.Mapping):
            found[verb.name] = tuple(_fitting(verb, entry.value, context))
        elif not isinstance(entry.value, Broken):
            expected = "its arguments, such as `{expires: 30 days}`"
            context.findings.add(
                "PC1201",
                entry.value.span,
                f"defaults of `{verb.name}` are keys with values",
                expected=expected,
            )
    return MappingProxyType(found)


def _fitting(verb: Verb, given: nodes.Mapping, context: Context) -> list[Entry]:
    known = {argument.name: argument for argument in verb.arguments}
    fitting = []
    for entry in given:
        argument = known.get(entry.key.value)
        if argument is None:
            unknown_key(entry.key, f"the step `{verb.name}`", known, context)
        elif argument.kind in BY_PLACE or argument.kind.read(entry.value, context) is not None:
            fitting.append(entry)
    return fitting


def with_defaults(verb: Verb, value: Node, defaults: Defaults) -> Node:
    """Return a verb's value with the default arguments that it leaves out."""
    offered = defaults.get(verb.name, ())
    match value:
        case _ if not offered or isinstance(value, Broken):
            return value
        case nodes.Mapping(entries=entries):
            own = entries
        case Scalar(empty=True):
            own = ()
        case _ if verb.main:
            own = (Entry(Scalar(verb.main, value.span), value),)
        case _:
            return value
    given = {entry.key.value for entry in own}
    left_out = given.union(*(group for group in EITHER if group & given))
    more = tuple(entry for entry in offered if entry.key.value not in left_out)
    return nodes.Mapping((*own, *more), value.span) if more else value

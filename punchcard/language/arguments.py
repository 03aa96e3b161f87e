"""Reading keys with values by a table of arguments: what is unknown, missing or not there yet is said at its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from punchcard.language import nodes
from punchcard.language.diagnostics import Findings
from punchcard.language.grammar import Argument, Context, Fields
from punchcard.language.later import NOTHING, Later, Words
from punchcard.language.nearest import is_sure, listed, nearest, one_of
from punchcard.language.nodes import Broken, Entry, Node, Scalar, Span
from punchcard.language.unfit import not_in_this_version

NO_ENTRIES: Mapping[str, Entry] = MappingProxyType({})
NOWHERE: Mapping[str, str] = MappingProxyType({})


def read_fields(
    owner: str,
    node: Node,
    table: tuple[Argument[Any], ...],
    context: Context,
    *,
    head: Span,
    main: str | None = None,
    later: Words = NOTHING,
    elsewhere: Mapping[str, str] = NOWHERE,
) -> Fields:
    """Return the arguments of `owner`; one value alone is its `main` argument.

    `head` is the place of its name, where what is missing is reported. `elsewhere` says of keys that are looked
    for here where they belong.
    """
    entries = _entries(owner, node, table, context, main)
    if isinstance(node, Broken) or (main is None and _is_one_value(node)):
        return Fields(head, entries, MappingProxyType({}), unread=True)
    return read_entries(owner, entries, table, context, head=head, later=later, elsewhere=elsewhere)


def read_entries(
    owner: str,
    entries: Mapping[str, Entry],
    table: tuple[Argument[Any], ...],
    context: Context,
    *,
    head: Span,
    later: Words = NOTHING,
    elsewhere: Mapping[str, str] = NOWHERE,
) -> Fields:
    """Return the arguments from entries that are already taken apart."""
    known = {argument.name: argument for argument in table}
    entries = _without_loose_values(entries, known, context)
    values: dict[str, Any] = {}
    used: dict[str, Entry] = {}
    for name, entry in entries.items():
        meant: str | None = name
        if name in later:
            not_yet(entry.key, f"`{name}` of {owner}", later[name], context)
        elif name not in known:
            meant = unknown_key(
                entry.key, owner, known, context, elsewhere, partial(_fits, known, entry, context)
            )
        if meant in known and meant not in used and (meant == name or meant not in entries):
            used[meant] = entry
            values[meant] = known[meant].kind.read(entry.value, context)
    awaited = any(name in later for name in entries)
    if not awaited:
        _say_missing(owner, used, table, context, head)
    return Fields(head, MappingProxyType(used), MappingProxyType(values), unread=awaited)


def _fits(known: Mapping[str, Argument[Any]], entry: Entry, context: Context, guess: str) -> bool:
    """Whether a value can be that of the key that its own is guessed to be; a slip of the pen needs no such proof."""
    if is_sure(entry.key.value, guess):
        return True
    silent = replace(context, findings=Findings())
    known[guess].kind.read(entry.value, silent)
    return not silent.findings.refused


def _say_missing(
    owner: str, used: Collection[str], table: tuple[Argument[Any], ...], context: Context, head: Span
) -> None:
    for argument in table:
        if argument.required and argument.name not in used:
            message = f"{owner} needs `{argument.name}`: {argument.says}"
            expected = f"`{argument.name}:` with {shape(argument)}"
            context.findings.add("PC1102", head, message, expected=expected)


def _is_one_value(node: Node) -> bool:
    return isinstance(node, nodes.Sequence) or (isinstance(node, Scalar) and not node.empty)


def _entries(
    owner: str, node: Node, table: tuple[Argument[Any], ...], context: Context, main: str | None
) -> Mapping[str, Entry]:
    match node:
        case nodes.Mapping(entries=entries):
            return {entry.key.value: entry for entry in entries}
        case Broken():
            return NO_ENTRIES
        case Scalar(empty=True):
            return NO_ENTRIES
        case Scalar(span=span) | nodes.Sequence(span=span):
            if main is not None:
                return {main: Entry(Scalar(main, span), node)}
            context.findings.add("PC1201", span, f"{owner} takes keys with values", expected=_keys(table))
            return NO_ENTRIES


def _keys(table: tuple[Argument[Any], ...]) -> str:
    """Return what keys there are, with those that are needed as an example: `{for: 7 days}`."""
    if not table:
        return "nothing"
    needed = [argument for argument in table if argument.required] or [table[0]]
    example = ", ".join(f"{each.name}: {each.kind.written[0]}" for each in needed if each.kind.written)
    names = listed((argument.name for argument in table), "and")
    return f"keys with values: {names}" + (f", such as `{{{example}}}`" if example else "")


def _without_loose_values(
    entries: Mapping[str, Entry], known: Collection[str], context: Context
) -> Mapping[str, Entry]:
    """Say of `answer: yes, no` within braces that several values stand in brackets, and leave them out."""
    kept: dict[str, Entry] = {}
    loose: dict[str, list[Entry]] = {}
    for name, entry in entries.items():
        owner = next(reversed(kept), None)
        if name not in known and owner is not None and _is_loose(entry):
            loose.setdefault(owner, []).append(entry)
        else:
            kept[name] = entry
    for owner, others in loose.items():
        first, last = kept[owner].value.span, others[-1].key.span
        values = [span.text for span in (first, *(each.key.span for each in others))]
        is_one_text = any(" " in value for value in values)
        context.findings.add(
            "PC1201",
            first.until(last),
            f"these are several values for `{owner}`",
            expected="one text in quotes, or several values in square brackets",
            suggestion=None if is_one_text else f"[{', '.join(values)}]",
        )
        kept[owner] = replace(kept[owner], value=Broken(first))
    return kept


def _is_loose(entry: Entry) -> bool:
    """Whether this is a value between commas, which YAML takes for a key without a value."""
    rest = entry.key.span.source.text[entry.key.span.end :].lstrip()
    return isinstance(entry.value, Scalar) and entry.value.empty and rest[:1] in (",", "}")


def shape(argument: Argument[Any]) -> str:
    """Return how the argument's value is described: `a share such as 20%`."""
    written = listed(argument.kind.written)
    if argument.kind.closed:
        return written
    return f"{argument.kind.name} such as {written}" if written else argument.kind.name


def not_yet(key: Scalar, what: str, later: Later, context: Context) -> None:
    """Say that something belongs to the language, but not to this version."""
    context.findings.refuse(key.span, not_in_this_version(what, later))


def unknown_key(
    key: Scalar,
    owner: str,
    known: Iterable[str],
    context: Context,
    elsewhere: Mapping[str, str] = NOWHERE,
    fits: Callable[[str], bool] = lambda guess: True,
) -> str | None:
    """Say that a key does not belong to its owner; returns the one that was probably meant, if its value `fits`."""
    if context.findings.full:
        return None
    names = list(known)
    if not key.value:
        expected = listed(names) or "nothing"
        context.findings.add("PC1014", key.span, "there is no key before this colon", expected=expected)
        return None
    if key.value in elsewhere:
        context.findings.add(
            "PC1101", key.span, f"{owner} has no `{key.value}`", expected=elsewhere[key.value]
        )
        return None
    guess = nearest(key.value, names)
    meant = guess if guess is not None and fits(guess) else None
    expected = one_of(names) if names else "nothing"
    message = f"{owner} has no `{key.value}`"
    context.findings.add("PC1101", key.span, message, expected=expected, suggestion=meant)
    return meant

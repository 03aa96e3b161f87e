"""The values that a fact can have, where they are few: comparing it with any other one decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from punchcard.language import cel
from punchcard.language.grammar import Context
from punchcard.language.labels import currency, language_tag, timezone
from punchcard.language.nearest import listed, nearest
from punchcard.language.operators import COMPARISONS
from punchcard.language.saying import Say
from punchcard.language.scope import Onward, Reply
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Choice, Scale
from punchcard.plan.order_facts import RANKS

# How a campaign that was started can have ended.
OUTCOMES = ("completed", "stopped", "cancelled")
NOT_STARTED = "not_started"
STATUSES = tuple(sorted(RANKS, key=lambda status: (RANKS[status] < 0, RANKS[status])))
# Texts of which there are many, and not any.
WRITTEN: Mapping[str, Callable[[str], str | Unfit]] = MappingProxyType(
    {
        "customer.language": language_tag,
        "customer.timezone": timezone,
        "order.currency": currency,
        "batch.currency": currency,
    }
)
_TURNED: Mapping[str, str] = MappingProxyType(
    {"_<_": "_>_", "_<=_": "_>=_", "_>_": "_<_", "_>=_": "_<=_", "_==_": "_==_", "_!=_": "_!=_"}
)
_BEYOND: Mapping[str, str] = MappingProxyType({"_<_": "less than", "_>_": "more than"})


def values_of(path: str, context: Context) -> tuple[str, ...] | range | None:
    """Return all values that a fact can have here; None where anything can come, or where that is not known."""
    root, _, key = path.partition(".")
    match context.scope.made.get(root):
        case Reply(shape=Choice(options=options)) if key == "answer":
            return options
        case Reply(shape=Scale(low=low, high=high)) if key == "answer":
            return range(low, high + 1)
        case Onward(ended=ended) if key == "outcome":
            return OUTCOMES if ended else (*OUTCOMES, NOT_STARTED)
    if path == "order.status":
        return STATUSES
    if path == "round.number" and context.scope.counted:
        return range(1, context.scope.rounds + 1)
    event = context.scope.event
    return context.programme.choices.get(event, {}).get(key) if event and root == "event" else None


def say_impossible(root: cel.Node, context: Context, say: Say) -> None:
    """Report each value of a condition that what it is compared with never has."""
    for name, path, value, at in _compared(root):
        found = unfit_value(path, value, context, name)
        if found is not None:
            length = len(str(value)) + (2 if isinstance(value, str) else 0)
            say(found.code, at, at + length, found.reason, found.expected, found.suggestion)


def _compared(node: cel.Node) -> Iterator[tuple[str, str, str | int, int]]:
    """Yield each comparison of a fact with a value: the operator, seen from the fact, both, and where the value is."""
    if node.kind == "call" and node.value in COMPARISONS:
        left, right = node.children
        for fact, value, name in ((left, right, node.value), (right, left, _TURNED[node.value])):
            yield from _pair(str(name), fact, value)
    elif node.kind == "call" and node.value == "@in":
        fact, among = node.children
        for value in among.children:
            yield from _pair("_==_", fact, value)
    for child in node.children:
        yield from _compared(child)


def _pair(name: str, fact: cel.Node, value: cel.Node) -> Iterator[tuple[str, str, str | int, int]]:
    plain = isinstance(value.value, str | int) and not isinstance(value.value, bool)
    if fact.kind in ("name", "select") and value.kind == "constant" and plain:
        yield name, ".".join(_path(fact)), value.value, value.at


def _path(node: cel.Node) -> tuple[str, ...]:
    names = (str(node.value).lstrip("."),)
    return names if node.kind == "name" else (*_path(node.children[0]), *names)


def unfit_value(path: str, value: str | int, context: Context, name: str = "_==_") -> Unfit | None:
    """Return why comparing a fact with a value, by CEL's operator, decides nothing; None if it does."""
    if path in WRITTEN and isinstance(value, str):
        read = WRITTEN[path](value)
        return _quoted(read) if isinstance(read, Unfit) else None
    values = values_of(path, context)
    if isinstance(values, tuple) and isinstance(value, str) and value not in values:
        reason = f"`{path}` is never `{value}`"
        return _quoted(Unfit("PC1416", reason, listed(values), nearest(value, values)))
    if isinstance(values, range) and isinstance(value, int):
        return _beyond(name, path, value, values)
    return None


def _quoted(unfit: Unfit) -> Unfit:
    meant = None if unfit.suggestion is None else f'"{unfit.suggestion}"'
    return Unfit(unfit.code, unfit.reason, unfit.expected, meant)


def _beyond(name: str, path: str, value: int, values: range) -> Unfit | None:
    low, high = values[0], values[-1]
    expected = f"a number from {low} to {high}"
    if value not in values:
        return Unfit("PC1416", f"`{path}` is never {value}", expected)
    if _BEYOND.get(name) is not None and value == (low if name == "_<_" else high):
        return Unfit("PC1416", f"`{path}` is never {_BEYOND[name]} {value}", expected)
    return None

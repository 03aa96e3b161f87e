"""What a template needs of the programme beside it: the parts of the templates' own programme, one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from punchcard.authoring.fitting import SHARED
from punchcard.language import nodes
from punchcard.language.diagnostics import Findings
from punchcard.language.programme import Programme
from punchcard.language.source import read, source_of

# Keys that hold things by name, each of which is a part of its own.
BY_NAME = ("customer_fields", "order_fields", "roles", "segments")
WHOLE = ("calendar", "hosts", "secrets")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a programme: a key, and the name under it where it holds several."""

    key: str
    name: str | None = None


def parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a programme's text."""
    found = []
    for entry in _root(text):
        if entry.key.value in WHOLE:
            found.append(Part(entry.key.value))
        elif entry.key.value in BY_NAME and isinstance(entry.value, nodes.Mapping):
            found += [Part(entry.key.value, each.key.value) for each in entry.value]
    return tuple(found)


def least(wanted: tuple[Part, ...], enough: Callable[[tuple[Part, ...]], bool]) -> tuple[Part, ...] | None:
    """Return as few of these parts as are enough; None if not even all of them are."""
    if not enough(wanted):
        return None
    for part in wanted:
        fewer = tuple(each for each in wanted if each != part)
        if enough(fewer):
            wanted = fewer
    return wanted


def text_with(text: str, kept: Collection[Part], *, shared: bool) -> str:
    """Return a programme's text with these parts alone; `shared` keeps what it says for all campaigns, too."""
    lines = text.split("\n")
    gone: set[int] = set()
    for entry in _root(text):
        key, of_it = entry.key.value, {each.name for each in kept if each.key == entry.key.value}
        if key in BY_NAME and of_it and isinstance(entry.value, nodes.Mapping):
            for each in entry.value:
                gone |= set() if each.key.value in of_it else _lines(each)
        elif not (of_it or (shared and key in SHARED)):
            gone |= _lines(entry)
    said = (line for number, line in enumerate(lines, 1) if number not in gone and not line.startswith("# "))
    return "\n".join(_single(said)).strip("\n") + "\n"


def furnished(programme: Programme, demo: Programme, kept: Collection[Part]) -> Programme:
    """Return a programme with these parts of another one where it lacks them."""
    changes: dict[str, Any] = {
        key: getattr(demo, key) for key in WHOLE if Part(key) in kept and not getattr(programme, key)
    }
    for key in BY_NAME:
        own: Mapping[str, object] = getattr(programme, key)
        theirs: Mapping[str, object] = getattr(demo, key)
        added = {name: each for name, each in theirs.items() if Part(key, name) in kept and name not in own}
        if added:
            changes[key] = MappingProxyType({**own, **added})
    return replace(programme, **changes)


def _lines(entry: nodes.Entry) -> set[int]:
    """Return the numbers of the lines on which an entry stands."""
    source = entry.key.span.source
    first, _ = source.place(entry.key.span.start)
    last, _ = source.place(max(entry.key.span.end, entry.value.span.end - 1))
    return set(range(first, last + 1))


def _single(lines: Iterable[str]) -> list[str]:
    """Return lines with one empty line where several stand."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept


def _root(text: str) -> nodes.Mapping:
    root, _ = read(source_of("", text), Findings())
    assert isinstance(root, nodes.Mapping), "a programme has keys"
    return root

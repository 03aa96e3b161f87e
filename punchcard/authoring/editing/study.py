"""A campaign as an editor has it: its texts, what the check found, its tree and the names at each place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from punchcard.authoring.knowledge import CAMPAIGN, item_shape, known
from punchcard.language import nodes
from punchcard.language.compiler import Checked, check
from punchcard.language.files import Written
from punchcard.language.grammar import Argument, Shape
from punchcard.language.nodes import Node, Scalar
from punchcard.language.programme import Programme
from punchcard.language.scope import Scope
from punchcard.language.seen import Seen

WORD = re.compile(r"[\w-]+(?:\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class Study:
    """A campaign that was checked for an editor."""

    written: Written
    programme: Programme
    checked: Checked
    seen: Seen

    @property
    def text(self) -> str:
        """The campaign's own text."""
        return self.written.text

    @property
    def name(self) -> str:
        """How diagnostics call the campaign's file."""
        return self.written.path.as_posix()

    def with_text(self, text: str) -> Study:
        """Return the study of the same campaign with another text."""
        return study(Written(self.written.path, text, self.written.files), self.programme)

    def scope_of_message(self, message: str) -> Scope | None:
        """Return what every step that sends a message can name; None if no step does."""
        scopes = self.seen.sent.get(message, [])
        if not scopes:
            return None
        first, *others = scopes
        made = {
            name: each for name, each in first.made.items() if all(name in other.made for other in others)
        }
        return Scope(facts=first.facts, made=made)

    def message_of(self, path: Path) -> str | None:
        """Return which message a file beside the campaign belongs to."""
        if path.suffix != ".md":
            return None
        return PurePosixPath(path.name).name.split(".")[0]


def study(written: Written, programme: Programme, today: date | None = None) -> Study:
    """Check a campaign, and keep what was seen at each place; with `today`, days that are over are warned of."""
    seen = Seen()
    checked = check(
        written.text,
        name=written.path.as_posix(),
        files=written.files,
        programme=programme,
        seen=seen,
        today=today,
    )
    return Study(written, programme, checked, seen)


@dataclass(frozen=True, slots=True)
class Spot:
    """A key or value at a place: its argument if the tables know it, the keys that lead to it, and its surroundings."""

    scalar: Scalar
    is_key: bool
    argument: Argument[Any] | None
    trail: tuple[str, ...]
    within: nodes.Mapping | None = None
    shape: Shape | None = None


def spot_at(root: Node, offset: int, shape: Shape | None = CAMPAIGN) -> Spot | None:
    """Return what stands at an offset; None between the lines."""
    return _spot(root, shape, None, (), lambda scalar: scalar.span.start <= offset <= scalar.span.end)


def spot_of(root: Node, mark: str, shape: Shape | None = CAMPAIGN) -> Spot | None:
    """Return the key or value that contains a mark."""
    return _spot(root, shape, None, (), lambda scalar: mark in scalar.value)


def _spot(
    node: Node, shape: Shape | None, argument: Argument[Any] | None, trail: tuple[str, ...], wanted: Any
) -> Spot | None:
    match node:
        case Scalar():
            return Spot(node, False, argument, trail) if wanted(node) else None
        case nodes.Sequence(items=items):
            inner = item_shape(shape)
            for item in items:
                found = _spot(item, inner, argument, trail, wanted)
                if found is not None:
                    return found
        case nodes.Mapping(entries=entries):
            here = known(shape, node)
            for entry in entries:
                row = here.value(entry.key.value)
                if wanted(entry.key):
                    return Spot(entry.key, True, row, (*trail, entry.key.value), node, shape)
                inner_shape = row.kind.shape if row else None
                found = _spot(entry.value, inner_shape, row, (*trail, entry.key.value), wanted)
                if found is not None:
                    return found
        case _:
            pass
    return None


def word_at(text: str, offset: int) -> tuple[str, int]:
    """Return the dotted word around an offset, and where it begins; empty where there is none."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    for found in WORD.finditer(line):
        if found.start() <= offset - start <= found.end():
            return found.group(), start + found.start()
    return "", offset


def template_at(text: str, offset: int) -> str | None:
    """Return what stands between `{{` and an offset within a field of a message; None elsewhere."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    opened = line.rfind("{{")
    if opened < 0 or "}}" in line[opened:]:
        return None
    return line[opened + 2 :]


def named(mapping: Mapping[str, str], root: str) -> dict[str, str]:
    """Return the names with this word before their dot."""
    return {name: kind for name, kind in mapping.items() if name.partition(".")[0] == root}

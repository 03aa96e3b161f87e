"""A campaign as an editor has it: its texts, what the check found, its tree and the names at each place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from punchcard.authoring.knowledge import CAMPAIGN, item_shape, known, main_of
from punchcard.language import nodes
from punchcard.language.compiler import Checked, check
from punchcard.language.files import Written
from punchcard.language.grammar import Argument, Shape
from punchcard.language.nodes import Node, Scalar, Span
from punchcard.language.programme import Programme
from punchcard.language.scope import Scope
from punchcard.language.seen import Seen

WORD = re.compile(r"[\w-]+(?:\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class Study:
    """A file that was checked for an editor: a campaign with its messages, a programme, or the tests of a campaign.

    `again` checks it with another text, `shape` is what its keys are. `of` is the campaign that tests are about,
    `others` finds every campaign of the folder by its name, without those that cannot be read.
    """

    written: Written
    programme: Programme
    checked: Checked
    seen: Seen
    again: Callable[[str], Study] = field(compare=False, repr=False)
    shape: Shape = CAMPAIGN
    of: Study | None = None
    others: Callable[[], Mapping[str, Study]] = field(default=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The file's own text."""
        return self.written.text

    @property
    def name(self) -> str:
        """How diagnostics call the file."""
        return self.written.path.as_posix()

    @property
    def campaign(self) -> Study | None:
        """The campaign itself, or the one that is tested."""
        return self if self.shape is CAMPAIGN else self.of

    def with_text(self, text: str) -> Study:
        """Return the study of the same file with another text."""
        return self.again(text)

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


def study(
    written: Written,
    programme: Programme,
    today: date | None = None,
    others: Callable[[], Mapping[str, Study]] = dict,
) -> Study:
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

    def again(text: str) -> Study:
        return study(Written(written.path, text, written.files, written.programme), programme, today, others)

    return Study(written, programme, checked, seen, again, others=others)


@dataclass(frozen=True, slots=True)
class Spot:
    """A key or value at a place: its argument if the tables know it, the keys that lead to it, and its surroundings.

    `parents` are the mappings in which those keys stand, one for each key.
    """

    scalar: Scalar
    is_key: bool
    argument: Argument[Any] | None
    trail: tuple[str, ...]
    within: nodes.Mapping | None = None
    shape: Shape | None = None
    parents: tuple[nodes.Mapping, ...] = ()

    @property
    def place(self) -> tuple[str, ...]:
        """The keys that lead here; behind a verb, a trigger or a deed alone also that of its main argument."""
        main = main_of(self.argument) if self.argument and not self.is_key else None
        return (*self.trail, main.name) if main else self.trail

    def beside(self, key: str, above: int = 1) -> Node | None:
        """Return the value of a key that stands beside the last one of the trail, or beside one `above` it."""
        return self.parents[-above].get(key) if len(self.parents) >= above else None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that can be used at a place, what it is, and which step makes it, if one does."""

    name: str
    says: str
    made_at: Span | None = None


def spots(root: Node, shape: Shape | None = CAMPAIGN) -> Iterator[Spot]:
    """Yield every key and value of a tree, in the order of its text."""
    yield from _spots(root, shape, None, (), ())


def spot_at(root: Node, offset: int, shape: Shape | None = CAMPAIGN) -> Spot | None:
    """Return what stands at an offset; None between the lines."""
    found = None
    for spot in spots(root, shape):
        if spot.scalar.span.start <= offset <= spot.scalar.span.end:
            found = spot
            if offset < spot.scalar.span.end:
                break
        elif spot.scalar.span.start > offset:
            break
    return found


def spot_of(root: Node, mark: str, shape: Shape | None = CAMPAIGN) -> Spot | None:
    """Return the key or value that contains a mark."""
    return next((spot for spot in spots(root, shape) if mark in spot.scalar.value), None)


def _spots(
    node: Node,
    shape: Shape | None,
    argument: Argument[Any] | None,
    trail: tuple[str, ...],
    parents: tuple[nodes.Mapping, ...],
) -> Iterator[Spot]:
    match node:
        case Scalar():
            yield Spot(node, False, argument, trail, parents=parents)
        case nodes.Sequence(items=items):
            inner = item_shape(shape)
            for item in items:
                yield from _spots(item, inner, argument, trail, parents)
        case nodes.Mapping(entries=entries):
            here, around = known(shape, node), (*parents, node)
            for entry in entries:
                row, led = here.value(entry.key.value), (*trail, entry.key.value)
                yield Spot(entry.key, True, row, led, node, shape, around)
                yield from _spots(entry.value, row.kind.shape if row else None, row, led, around)
        case _:
            pass


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

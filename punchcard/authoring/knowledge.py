"""What the tables know of a place in a campaign: which keys can stand there, in which order, and what each takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from punchcard.authoring.rows import AnyRow, triggers, verbs
from punchcard.authoring.story import DEED_KEYS, SIGN_KEYS, line_keys
from punchcard.language import beside, keys, nodes
from punchcard.language.arrangement import EVERYWHERE
from punchcard.language.grammar import Argument, Either, Keys, Kind, Many, Named, Row, Shape, Text
from punchcard.language.kinds import unread
from punchcard.language.labels import KEBAB
from punchcard.language.nodes import Node
from punchcard.language.programme_keys import PROGRAMME_KEYS
from punchcard.language.shared import INPUTS
from punchcard.language.shared import STEPS as SHARED_STEPS
from punchcard.language.steps import VERBS
from punchcard.language.trials.deeds import DEEDS
from punchcard.language.trials.signs import SIGNS
from punchcard.language.triggers import TRIGGERS

STEPS, TRIGGER = Row("steps"), Row("trigger")
# A schema takes any list for shared steps, as inputs may stand where values do; an editor takes them for steps.
_SHARED = replace(
    keys.SHARED,
    kind=replace(
        keys.SHARED.kind,
        shape=Named(
            KEBAB.pattern,
            unread(
                "a shared step",
                shape=Keys((INPUTS, replace(SHARED_STEPS, kind=replace(SHARED_STEPS.kind, shape=STEPS)))),
            ),
        ),
    ),
)
CAMPAIGN = Keys(tuple(_SHARED if row is keys.SHARED else row for row in keys.KEYS))
PROGRAMME = Keys(PROGRAMME_KEYS)
NOTHING: Mapping[str, Argument[Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """What can stand as keys of one mapping, by name in canonical order; `free` if names are the author's own, before
    those keys.
    """

    keys: Mapping[str, Argument[Any]] = field(default_factory=lambda: NOTHING)
    free: Kind[Any] | None = None

    def value(self, key: str) -> Argument[Any] | None:
        """Return what a key means here; None if it means nothing."""
        found = self.keys.get(key)
        if found is None and self.free is not None:
            return Argument(key, self.free, "")
        return found


def main_of(argument: Argument[Any]) -> Argument[Any] | None:
    """Return the main argument of a verb or trigger, which one value alone behind it is; None for other keys."""
    row = row_of(argument)
    return next((each for each in row.arguments if each.name == row.main), None) if row else None


@cache
def _rows() -> Mapping[int, AnyRow]:
    """Return the rows by the identity of the keys that they are."""
    tables: tuple[tuple[Mapping[str, Argument[Any]], Sequence[AnyRow]], ...] = (
        (verbs(), VERBS),
        (triggers(), TRIGGERS),
        (DEED_KEYS, DEEDS),
        (SIGN_KEYS, SIGNS),
    )
    return {id(keyed[row.name]): row for keyed, rows in tables for row in rows}


def row_of(argument: Argument[Any]) -> AnyRow | None:
    """Return the row of the tables that a key is; None for other keys."""
    return _rows().get(id(argument))


def known(shape: Shape | None, node: nodes.Mapping) -> Known:
    """Return what the keys of a mapping of this shape can be."""
    match shape:
        case Keys(table=table):
            line = line_keys(shape, frozenset(entry.key.value for entry in node))
            return Known(line if line is not None else {row.name: row for row in table})
        case Named(value=value, keys=rows):
            return Known({row.name: row for row in rows}, free=value)
        case Row(table="trigger"):
            return Known(triggers())
        case Row():
            return Known(step_keys(node))
        case Many(item=item, alone=True):
            return known(item.shape, node)
        case Either(shapes=shapes):
            fitting = [found for each in shapes if (found := known(each, node)) != Known()]
            return fitting[0] if fitting else Known()
        case _:
            return Known()


def step_keys(step: nodes.Mapping) -> Mapping[str, Argument[Any]]:
    """Return the keys of a step: its verb and what stands beside it, or every verb as long as it has none."""
    by_name = {verb.name: verb for verb in VERBS}
    verb = next((by_name[entry.key.value] for entry in step if entry.key.value in by_name), None)
    if verb is None:
        return verbs()
    names = {*verb.beside, *EVERYWHERE}
    rows = {row.name: row for row in beside.BESIDE if row.name in names}
    return {verb.name: verbs()[verb.name], **rows}


def item_shape(shape: Shape | None) -> Shape | None:
    """Return the shape of a list's items."""
    match shape:
        case Many(item=item):
            return item.shape
        case Row(table="steps"):
            return shape
        case Either(shapes=shapes):
            return next((found for each in shapes if (found := item_shape(each)) is not None), None)
        case _:
            return None


def text_shape(shape: Shape | None) -> Text | None:
    """Return the shape of a single value."""
    match shape:
        case Text():
            return shape
        case Many(item=item, alone=True):
            return text_shape(item.shape)
        case Either(shapes=shapes):
            return next((found for each in shapes if (found := text_shape(each)) is not None), None)
        case _:
            return None


def children(node: Node, shape: Shape | None) -> list[tuple[Node, Shape | None]]:
    """Return the values within a node with their shapes."""
    match node:
        case nodes.Mapping(entries=entries):
            here = known(shape, node)
            rows = [here.value(entry.key.value) for entry in entries]
            return [
                (entry.value, row.kind.shape if row else None)
                for entry, row in zip(entries, rows, strict=True)
            ]
        case nodes.Sequence(items=items):
            return [(item, item_shape(shape)) for item in items]
        case _:
            return []

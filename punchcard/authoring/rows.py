"""Rows of the language's tables as keys of a mapping: a verb of its step, a trigger of `when`, a deed of its line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from punchcard.language.grammar import Argument, Either, Keys, Kind, Shape, TriggerRow, Verb
from punchcard.language.kinds import unread
from punchcard.language.steps import VERBS
from punchcard.language.trials.reading import Row as Line
from punchcard.language.triggers import TRIGGERS

AnyRow = Verb | TriggerRow | Line[Any]


def as_key(row: AnyRow) -> Argument[Any]:
    """Return a row as a key, whose value has its arguments as keys, or is its main one."""
    main = next((each.kind for each in row.arguments if each.name == row.main), None)
    shapes: tuple[Shape, ...] = (Keys(row.arguments),)
    if main is not None and main.shape is not None:
        shapes = (main.shape, *shapes)
    kind = Kind(row.name, main.written if main else (), unread("").read, shape=Either(shapes))
    return Argument(row.name, kind, row.says)


@cache
def verbs() -> Mapping[str, Argument[Any]]:
    """Return each verb as a key of its step."""
    return MappingProxyType({verb.name: as_key(verb) for verb in VERBS})


@cache
def triggers() -> Mapping[str, Argument[Any]]:
    """Return each trigger as a key of `when`."""
    return MappingProxyType({row.name: as_key(row) for row in TRIGGERS})

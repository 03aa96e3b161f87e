"""The keys that can stand at a place, each with what belongs behind it; what is needed and missing comes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from punchcard.authoring.editing.candidates import Candidate, plain
from punchcard.authoring.editing.filling import Filling
from punchcard.authoring.editing.own_keys import own_keys
from punchcard.authoring.editing.snippets import in_braces, of_key
from punchcard.authoring.editing.study import Spot, Study
from punchcard.authoring.knowledge import TRIGGER, Known, known, row_of
from punchcard.authoring.rows import triggers, verbs
from punchcard.authoring.schema.wording import is_required, of_argument, of_row
from punchcard.language import nodes
from punchcard.language.grammar import Argument, Row


def keys_at(study: Study, spot: Spot, mark: str, before: str, spread: bool) -> Iterator[Candidate]:
    """Yield the keys that can stand beside those that are there.

    `before` is what stands on the line; `spread` says whether a key may be followed by further lines.
    """
    assert spot.within is not None
    others = nodes.Mapping(
        tuple(entry for entry in spot.within if mark not in entry.key.value), spot.within.span
    )
    written = {entry.key.value for entry in others}
    here = known(spot.shape, others)
    if spot.shape == TRIGGER and written:
        here = Known()
    # Editors indent the lines of a snippet like the line that it stands on, and do not count dashes.
    indent = " " * len(before.lstrip(" "))
    ways = spot.trail[-2:-1] == ("branches",)
    for name in own_keys(study, spot):
        behind = f":\n{indent}  - $0" if ways and spread else ": $0"
        yield Candidate(name.name, "name", f"{plain(name.name)}{behind}", name.says)
    filling = Filling(study, spot.scalar.span.start)
    missing = [each for each in here.keys.values() if each.name not in written]
    for argument in sorted(missing, key=lambda each: not is_required(each)):
        yield key(argument, indent, filling, spread)


def key(argument: Argument[Any], indent: str, filling: Filling, spread: bool) -> Candidate:
    """Return a key of the tables."""
    row = row_of(argument)
    words = of_row(row) if row else of_argument(argument)
    return Candidate(
        argument.name,
        "step" if row else "key",
        of_key(argument, indent, filling) if spread else in_braces(argument),
        detail=words["description"].split(". ")[0].rstrip("."),
        documentation=words["markdownDescription"],
    )


def rows_behind(study: Study, spot: Spot, before: str) -> Iterator[Candidate]:
    """Yield the steps or triggers that can follow a key, on lines of their own below it."""
    shape = spot.argument.kind.shape if spot.argument else None
    if not isinstance(shape, Row):
        return
    table, dash = (triggers(), "") if shape == TRIGGER else (verbs(), "- ")
    dashes = len(before.lstrip(" ")) - len(before.lstrip(" -"))
    indent = " " * (dashes + 2)
    filling = Filling(study, spot.scalar.span.start)
    for argument in table.values():
        found = key(argument, f"{indent}{' ' * len(dash)}", filling, spread=True)
        yield Candidate(
            found.label,
            "step",
            f"\n{indent}{dash}{found.insert}",
            found.detail,
            found.documentation,
            afresh=True,
        )

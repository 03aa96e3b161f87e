"""Everything that has a name in a folder, to be looked for by some of its letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from punchcard.authoring.editing.folder import Folder
from punchcard.authoring.editing.mentions import mentions
from punchcard.authoring.editing.things import Mention

MOST = 200


def everything(folder: Folder, beside: Path, letters: str) -> Iterator[Mention]:
    """Yield where each thing comes from whose name has these letters, in this order, or whose campaign's title has."""
    seen = set()
    for study in folder.all(beside, "\0"):
        title = study.checked.plan.title if study.checked.plan else ""
        for each in mentions(study):
            if not each.makes or each.thing in seen:
                continue
            name = f"{each.thing.name} {title}" if each.thing.sort == "campaign" else each.thing.name
            if _has(name.lower(), letters.lower()):
                seen.add(each.thing)
                yield each


def _has(name: str, letters: str) -> bool:
    """Whether all letters stand in a name, in their order."""
    left = iter(name)
    return all(letter in left for letter in letters)

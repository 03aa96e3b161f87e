"""Every place of a folder that names one thing, the places that make it first."""

from __future__ import annotations

from pathlib import Path

from punchcard.authoring.editing.folder import Folder
from punchcard.authoring.editing.mentions import mentions
from punchcard.authoring.editing.study import Study
from punchcard.authoring.editing.things import Mention, Thing
from punchcard.language.nodes import Span
from punchcard.language.source import source_of

EVENTS = "events"


def references(folder: Folder, beside: Path, thing: Thing) -> tuple[Mention, ...]:
    """Return every mention of a thing in the folder in which a file lies."""
    studies = (each for each in folder.all(beside, thing.name) if _may_name(each, thing))
    found = [each for study in studies for each in mentions(study) if each.thing == thing]
    declared = beside / EVENTS / f"{thing.name}.json"
    if thing.sort == "event" and declared.is_file():
        source = source_of(declared.as_posix(), declared.read_text(encoding="utf-8", errors="replace"))
        found.append(Mention(thing, Span(source, 0, 0), makes=True, silent=True))
    return tuple(sorted(found, key=lambda each: not each.makes))


def _may_name(study: Study, thing: Thing) -> bool:
    """Whether a file can name a thing: it has its letters, or makes something whose name goes without saying."""
    own = thing.home.partition("/")[0]
    if study.campaign is study and own and study.written.path.stem == own:
        return True
    return any(thing.name in text for text in study.written.texts.values())


def made_at(folder: Folder, beside: Path, thing: Thing) -> Span | None:
    """Return where a thing comes from; None if nothing in the folder makes it."""
    first = next(iter(references(folder, beside, thing)), None)
    return (first.origin or first.span) if first is not None and first.makes else None

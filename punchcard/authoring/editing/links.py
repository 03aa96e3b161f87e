"""Names that stand for files: a message for its words, a campaign for its own file, an event for its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from punchcard.authoring.editing.mentions import mentions
from punchcard.authoring.editing.references import EVENTS
from punchcard.authoring.editing.study import Study
from punchcard.authoring.editing.things import Thing
from punchcard.language.nodes import Span
from punchcard.language.texts import FOLDER
from punchcard.language.trials.reader import SUFFIX


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a file that leads to another one."""

    span: Span
    target: Path
    says: str


def links(study: Study) -> Iterator[Link]:
    """Yield the links of a file, but for those that lead to itself."""
    folder = study.written.path.parent
    for each in mentions(study):
        if each.silent or each.span.source.name != study.name:
            continue
        target, says = _target(study, folder, each.thing)
        if target is not None and target != study.written.path and target.is_file():
            yield Link(each.span, target, says)


def _target(study: Study, folder: Path, thing: Thing) -> tuple[Path | None, str]:
    match thing.sort:
        case "campaign":
            path = folder / f"{thing.name}.yaml"
            if path == study.written.path:
                return path.with_suffix(SUFFIX), "the tests of this campaign"
            return path, "the campaign"
        case "message":
            files = folder / FOLDER / thing.home
            found = sorted(files.glob(f"{thing.name}.*.md")) if files.is_dir() else []
            return (found[0], "its words in another file") if found else (None, "")
        case "event":
            return folder / EVENTS / f"{thing.name}.json", "the event's type"
        case _:
            return None, ""

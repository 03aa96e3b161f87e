"""The programme's file beside the campaigns, as `check` and `publish` read it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from punchcard.errors import FinalError
from punchcard.event_files import EventFile, event_files, with_events
from punchcard.language import Programme, check_programme, render
from punchcard.language.files import programme_text
from punchcard.language.nearest import listed
from punchcard.language.programme_file import FILE


class ProgrammeRefused(FinalError):
    """The programme's file cannot be used."""


class EventsRefused(FinalError):
    """A file of an event type cannot be used."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside campaigns: the programme's text, if there is a file, and the event types."""

    programme: Programme
    text: str | None
    events: tuple[EventFile, ...]

    @property
    def schemas(self) -> Mapping[str, dict[str, Any]]:
        """The schemas by the events' names; EventsRefused shows every mistake of those that cannot be used."""
        refused = [each for each in self.events if each.schema is None]
        if refused:
            shown = "\n".join(events_shown(refused, colour=sys.stderr.isatty()))
            raise EventsRefused(f"Some event types have mistakes:\n{shown}", remedy="Mend them first.")
        return {each.name: each.schema for each in self.events if each.schema is not None}


def events_shown(files: Iterable[EventFile], *, colour: bool) -> list[str]:
    """Return what was found in each file of an event type, for people."""
    return [
        render(each.diagnostics, {each.path.as_posix(): each.text}, colour=colour)
        for each in files
        if each.diagnostics
    ]


def beside(paths: Iterable[Path]) -> Beside:
    """Read the programme and the event types in the folders of these campaigns.

    ProgrammeRefused shows every mistake of the file, or names the folders that disagree.
    """
    folders = sorted({path if path.is_dir() else path.parent for path in paths})
    files = event_files(folders)
    texts = {folder: text for folder in folders if (text := programme_text(folder)) is not None}
    if len(set(texts.values())) > 1:
        where = listed((str(folder / FILE) for folder in texts), "and")
        raise ProgrammeRefused(f"{where} differ.", remedy="An installation has one programme.")
    for folder, text in texts.items():
        name = (folder / FILE).as_posix()
        checked = check_programme(text, name=name)
        if checked.programme is None:
            shown = render(checked.diagnostics, {name: text}, colour=sys.stderr.isatty())
            raise ProgrammeRefused(f"The programme has mistakes:\n{shown}", remedy="Mend them first.")
        return Beside(with_events(checked.programme, files), text, files)
    return Beside(with_events(Programme(), files), None, files)

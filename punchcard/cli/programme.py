"""The programme's file beside the campaigns, as `check` and `publish` read it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from punchcard.domain.event_types import fields_of
from punchcard.errors import FinalError
from punchcard.language import Programme, check_programme, render
from punchcard.language.files import programme_text
from punchcard.language.nearest import listed
from punchcard.language.programme_file import FILE
from punchcard.router.shelf import event_schemas


class ProgrammeRefused(FinalError):
    """The programme's file cannot be used."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside campaigns: the programme's text, if there is a file, and the event schemas."""

    programme: Programme
    text: str | None
    schemas: Mapping[str, dict[str, Any]]


def beside(paths: Iterable[Path]) -> Beside:
    """Read the programme and the event types in the folders of these campaigns.

    ProgrammeRefused shows every mistake of the file, or names the folders that disagree.
    """
    folders = sorted({path if path.is_dir() else path.parent for path in paths})
    schemas = event_schemas(folders)
    events = {name: fields_of(schema) for name, schema in schemas.items()}
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
        return Beside(replace(checked.programme, events=events), text, schemas)
    return Beside(Programme(events=events), None, schemas)

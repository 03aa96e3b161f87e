"""The files of a folder of campaigns as an editor has them: what is open counts before what lies on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from punchcard.authoring.editing.study import Study, study
from punchcard.language.files import Written, is_campaign, programme_text, typed
from punchcard.language.programme import Programme
from punchcard.language.programme_file import FILE, CheckedProgramme, check_programme
from punchcard.language.texts import FOLDER

Opened = Callable[[Path], str | None]
Declared = Callable[[Programme, Path], Programme]


@dataclass(frozen=True, slots=True)
class Folder:
    """`opened` returns the text of a file that is open, `declared` a programme with the event types
    of a folder."""

    opened: Opened
    declared: Declared

    def campaign_of(self, path: Path) -> Path | None:
        """Return the campaign that a file is, or belongs to; None if it is nothing of a campaign's."""
        if path.suffix == ".md" and path.parent.parent.name == FOLDER:
            return path.parent.parent.parent / f"{path.parent.name}.yaml"
        if path.suffix in (".yaml", ".yml") and is_campaign(path):
            return path
        return None

    def study(self, campaign: Path) -> Study | None:
        """Check a campaign with its messages and its programme; None if there is no such file."""
        text = self.opened(campaign)
        if text is None and not campaign.is_file():
            return None
        if text is None:
            text = campaign.read_bytes().decode("utf-8", errors="replace")
        written = typed(text, campaign)
        files = {
            name: self._opened_or(campaign.parent / name, known) for name, known in written.files.items()
        }
        return study(Written(campaign, text, files, written.programme), self.programme(campaign.parent))

    def programme(self, folder: Path) -> Programme:
        """Return the programme of a folder; while its file has mistakes, the defaults."""
        checked = self.checked_programme(folder)
        found = checked.programme if checked else None
        return self.declared(found or Programme(), folder)

    def checked_programme(self, folder: Path) -> CheckedProgramme | None:
        """Check the programme's file of a folder; None if there is none."""
        path = folder / FILE
        text = self.opened(path)
        if text is None:
            text = programme_text(folder)
        return check_programme(text, name=path.as_posix()) if text is not None else None

    def _opened_or(self, path: Path, known: str) -> str:
        text = self.opened(path)
        return known if text is None else text

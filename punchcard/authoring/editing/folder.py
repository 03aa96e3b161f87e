"""The files of a folder of campaigns as an editor has them: what is open counts before what lies on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from punchcard.authoring.editing.study import Study, study
from punchcard.language.across import together
from punchcard.language.compiler import Checked
from punchcard.language.files import Written, is_campaign, programme_text, typed
from punchcard.language.neighbours import neighbours
from punchcard.language.programme import Programme
from punchcard.language.programme_file import FILE, CheckedProgramme, check_programme
from punchcard.language.texts import FOLDER

Opened = Callable[[Path], str | None]
Declared = Callable[[Programme, Path], Programme]
Today = Callable[[], date]


@dataclass(frozen=True, slots=True)
class Folder:
    """`opened` returns the text of a file that is open, `declared` a programme with the event types
    of a folder, `today` the day by which dates are over."""

    opened: Opened
    declared: Declared
    today: Today
    _known: dict[Path, tuple[Written, Programme, Checked]] = field(default_factory=dict)

    def campaign_of(self, path: Path) -> Path | None:
        """Return the campaign that a file is, or belongs to; None if it is nothing of a campaign's."""
        if path.suffix == ".md" and path.parent.parent.name == FOLDER:
            return path.parent.parent.parent / f"{path.parent.name}.yaml"
        if path.suffix in (".yaml", ".yml") and is_campaign(path):
            return path
        return None

    def study(self, campaign: Path) -> Study | None:
        """Check a campaign with its messages and its programme; None if there is no such file."""
        written = self._written(campaign)
        return None if written is None else study(written, self.programme(campaign.parent), self.today())

    def _written(self, campaign: Path) -> Written | None:
        text = self.opened(campaign)
        if text is None and not campaign.is_file():
            return None
        if text is None:
            text = campaign.read_bytes().decode("utf-8", errors="replace")
        written = typed(text, campaign)
        files = {
            name: self._opened_or(campaign.parent / name, known) for name, known in written.files.items()
        }
        return Written(campaign, text, files, written.programme)

    def beside_others(self, found: Study) -> Checked:
        """Return what was found in a campaign, with what only shows beside the others of its folder."""
        path = found.written.path
        others = [self._written(each) for each in neighbours([path])]
        known = [(each, self._checked(each, found.programme)) for each in others if each is not None]
        ((_, checked),) = together([(found.written, found.checked)], known)
        return checked

    def _checked(self, written: Written, programme: Programme) -> Checked:
        """Check a campaign again only if it, or what it is checked with, has changed."""
        known = self._known.get(written.path)
        if known is None or known[:2] != (written, programme):
            known = self._known[written.path] = (written, programme, written.check(programme))
        return known[2]

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

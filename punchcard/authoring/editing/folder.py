"""The files of a folder of campaigns as an editor has them: what is open counts before what lies on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from punchcard.authoring.editing.remembered import is_whole, still_found
from punchcard.authoring.editing.study import Study, study
from punchcard.authoring.knowledge import CAMPAIGN, PROGRAMME
from punchcard.authoring.story import STORIES
from punchcard.language import nodes
from punchcard.language.across import together
from punchcard.language.compiler import Checked
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.files import Written, campaigns, is_campaign, programme_text, typed
from punchcard.language.neighbours import neighbours
from punchcard.language.programme import Programme
from punchcard.language.programme_file import FILE, CheckedProgramme, check_programme
from punchcard.language.seen import Seen
from punchcard.language.source import read, source_of
from punchcard.language.texts import FOLDER
from punchcard.language.trials.reader import SUFFIX, campaign_of, read_tests
from punchcard.plan.model import Plan

Opened = Callable[[Path], str | None]
Declared = Callable[[Programme, Path], Programme]
Today = Callable[[], date]


@dataclass(frozen=True, slots=True)
class Folder:
    """`opened` returns the text of a file that is open, `documents` all files that are.

    `declared` returns a programme with the event types of a folder, `today` the day by which dates are over. Files
    that are `moved` are taken for those that they become.
    """

    opened: Opened
    declared: Declared
    today: Today
    documents: Callable[[], Iterable[Path]] = tuple
    moved: Mapping[Path, Path] = field(default_factory=dict)
    _known: dict[Path, Study] = field(default_factory=dict)
    _whole: dict[Path, tuple[str, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    _programmes: dict[Path, tuple[str, CheckedProgramme]] = field(default_factory=dict)

    def campaign_of(self, path: Path) -> Path | None:
        """Return the campaign that a file is, or belongs to; None if it is nothing of a campaign's."""
        if path.suffix == ".md" and path.parent.parent.name == FOLDER:
            return path.parent.parent.parent / f"{path.parent.name}.yaml"
        if path.suffix in (".yaml", ".yml") and is_campaign(path):
            return path
        return None

    def of(self, path: Path) -> Study | None:
        """Check a file of any kind: a campaign, one of its messages, its tests, or the programme."""
        if path.name == FILE:
            return self._programme_file(path)
        if path.name.endswith(SUFFIX):
            return self._tests(path)
        campaign = self.campaign_of(path)
        return self.study(campaign) if campaign is not None else None

    def study(self, campaign: Path) -> Study | None:
        """Check a campaign with its messages and its programme; None if there is no such file.

        It is checked again only if it, or what it is checked with, has changed.
        """
        written = self._written(campaign)
        if written is None:
            return None
        return self._checked(written, self.programme(campaign.parent))

    def _checked(self, written: Written, programme: Programme) -> Study:
        known = self._known.get(written.path)
        if known is None or (known.written, known.programme) != (written, programme):
            known = study(written, programme, self.today(), partial(self.others, written.path.parent))
            self._known[written.path] = known
        return known

    def _written(self, campaign: Path) -> Written | None:
        text = self.opened(campaign)
        if text is None and not campaign.is_file():
            return None
        if text is None:
            text = campaign.read_bytes().decode("utf-8", errors="replace")
        written = typed(text, campaign)
        files = {
            self._moved(campaign.parent, name): self._opened_or(campaign.parent / name, known)
            for name, known in {**self._unsaved(campaign), **written.files}.items()
        }
        return Written(campaign, text, files, written.programme)

    def _unsaved(self, campaign: Path) -> dict[str, str]:
        """Return the campaign's messages that are open, and may have no file yet."""
        folder = campaign.parent / FOLDER / campaign.stem
        found = (path for path in self.documents() if path.parent == folder)
        return {path.relative_to(campaign.parent).as_posix(): "" for path in found}

    def _moved(self, folder: Path, name: str) -> str:
        path = self.moved.get(folder / name)
        return name if path is None else path.relative_to(folder).as_posix()

    def changed(self, texts: Mapping[Path, str], moved: Mapping[Path, Path]) -> Folder:
        """Return the same with other texts in some files, and other names for some."""

        def opened(path: Path) -> str | None:
            return texts[path] if path in texts else self.opened(path)

        def declared(programme: Programme, folder: Path) -> Programme:
            found = self.declared(programme, folder)
            names = {path.stem: to.stem for path, to in moved.items() if path.suffix == ".json"}
            return replace(
                found,
                events={names.get(name, name): each for name, each in found.events.items()},
                choices={names.get(name, name): each for name, each in found.choices.items()},
                required={names.get(name, name): each for name, each in found.required.items()},
            )

        return Folder(opened, declared, self.today, self.documents, moved, dict(self._known))

    def others(self, folder: Path) -> Mapping[str, Study]:
        """Return the campaigns of a folder by the names of their files."""
        return {found.written.path.stem: found for found in self.campaigns(folder)}

    def campaigns(self, folder: Path) -> Iterator[Study]:
        """Yield the campaigns of a folder."""
        programme = self.programme(folder)
        for path in campaigns(folder) if folder.is_dir() else ():
            written = self._written(path)
            if written is not None:
                yield self._checked(written, programme)

    def all(self, folder: Path, naming: str = "") -> Iterator[Study]:
        """Yield all files of a folder: its programme, its campaigns, and their tests if they have these letters."""
        programme = self.of(folder / FILE)
        if programme is not None:
            yield programme
        for campaign in self.campaigns(folder):
            yield campaign
            path = campaign.written.path.with_suffix(SUFFIX)
            tests = self.of(path) if naming in (self.text(path) or "") else None
            if tests is not None:
                yield tests

    def found(self, study: Study) -> tuple[Diagnostic, ...]:
        """Return what was found in a file, of a campaign also what only shows beside the others.

        While a line is half written, what was found before in the other lines stays.
        """
        own = study.shape is CAMPAIGN
        found = self.beside_others(study).diagnostics if own else study.checked.diagnostics
        path = study.written.path
        if is_whole(found):
            self._whole[path] = (study.text, found)
            return found
        known = self._whole.get(path)
        return found if known is None else still_found(study.text, found, *known, study.name)

    def beside_others(self, found: Study) -> Checked:
        """Return what was found in a campaign, with what only shows beside the others of its folder."""
        path = found.written.path
        others = [self._written(each) for each in neighbours([path])]
        known = [(each, self._checked(each, found.programme).checked) for each in others if each is not None]
        ((_, checked),) = together([(found.written, found.checked)], known)
        return checked

    def programme(self, folder: Path) -> Programme:
        """Return the programme of a folder; while its file has mistakes, the defaults."""
        checked = self.checked_programme(folder)
        found = checked.programme if checked else None
        return self.declared(found or Programme(), folder)

    def checked_programme(self, folder: Path) -> CheckedProgramme | None:
        """Check the programme's file of a folder, again only if it has changed; None if there is none."""
        path = folder / FILE
        text = self.opened(path)
        if text is None:
            text = programme_text(folder)
        if text is None:
            return None
        known = self._programmes.get(path)
        if known is None or known[0] != text:
            known = self._programmes[path] = (text, check_programme(text, name=path.as_posix()))
        return known[1]

    def _programme_file(self, path: Path) -> Study | None:
        text = self.text(path)
        if text is None:
            return None
        declared = self.declared(Programme(), path.parent)

        def again(text: str) -> Study:
            found = check_programme(text, name=path.as_posix())
            programme = self.declared(found.programme, path.parent) if found.programme else declared
            seen = Seen(root=_root(path, text), events=programme.events)
            checked = Checked(None, found.diagnostics)
            others = partial(self.others, path.parent)
            return Study(Written(path, text, {}), programme, checked, seen, again, PROGRAMME, others=others)

        return again(text)

    def _tests(self, path: Path) -> Study | None:
        text = self.text(path)
        if text is None:
            return None
        of = self.study(path.with_name(f"{campaign_of(path.name)}.yaml"))
        programme = of.programme if of else self.programme(path.parent)

        def again(text: str) -> Study:
            found = read_tests(
                text,
                name=path.as_posix(),
                plan=of.checked.plan if of else None,
                programme=programme,
                beside=lambda name: self._plan_of(path.with_name(f"{name}.yaml")),
            )
            seen = Seen(root=_root(path, text), events=programme.events)
            checked = Checked(None, found.diagnostics)
            others = partial(self.others, path.parent)
            return Study(Written(path, text, {}), programme, checked, seen, again, STORIES, of, others)

        return again(text)

    def _plan_of(self, path: Path) -> Plan | None:
        found = self.study(path)
        return found.checked.plan if found else None

    def text(self, path: Path) -> str | None:
        """Return what a file has, open or not; None if there is none."""
        text = self.opened(path)
        if text is None and path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
        return text

    def _opened_or(self, path: Path, known: str) -> str:
        text = self.opened(path)
        return known if text is None else text


def _root(path: Path, text: str) -> nodes.Node:
    root, _ = read(source_of(path.as_posix(), text), Findings())
    return root

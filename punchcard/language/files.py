"""Campaigns on disk: a file, and the folder of message files beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from punchcard.language.compiler import Checked, check
from punchcard.language.programme import Programme
from punchcard.language.programme_file import FILE as PROGRAMME
from punchcard.language.programme_file import check_programme
from punchcard.language.texts import FOLDER

SUFFIXES = (".yaml", ".yml")
# What a text is called that has no file.
NAMELESS = Path("<standard input>")
TESTS = ".test"


@dataclass(frozen=True, slots=True)
class Written:
    """A campaign on disk: its text, those of its message files by their relative paths, and the programme's."""

    path: Path
    text: str
    files: Mapping[str, str]
    programme: str | None = None

    @property
    def texts(self) -> dict[str, str]:
        """All texts by the names that diagnostics have."""
        return {
            self.path.as_posix(): self.text,
            **{(self.path.parent / name).as_posix(): text for name, text in self.files.items()},
        }

    def check(self, programme: Programme | None = None, today: date | None = None) -> Checked:
        """Return the campaign's plan or its mistakes, by the programme given, else by the one beside it; with `today`,
        days that are over by then are warned of.
        """
        if programme is None and self.programme is not None:
            programme = check_programme(self.programme).programme
        name = self.path.as_posix()
        return check(self.text, name=name, files=self.files, programme=programme, today=today)


def load(path: Path) -> Written:
    """Read a campaign and its message files; OSError if the file cannot be read.

    Bytes that are not UTF-8 become U+FFFD, which the checker reports.
    """
    return typed(_text(path), path)


def typed(text: str, path: Path) -> Written:
    """Return a campaign whose text is not (yet) that of its file, with the message files that lie beside the path."""
    folder = path.parent / FOLDER / path.name.split(".")[0]
    files = {
        each.relative_to(path.parent).as_posix(): _text(each)
        for each in sorted(folder.rglob("*"))
        if each.is_file() and not each.name.startswith(".")
    }
    return Written(path, text, files, programme_text(path.parent))


def campaigns(folder: Path) -> Iterator[Path]:
    """Yield the campaign files of a folder in the order of their names; the programme's and tests are none."""
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.is_file() and not path.name.startswith(".") and is_campaign(path):
            yield path


def is_campaign(path: Path) -> bool:
    """Whether a YAML file of this name is a campaign: not the programme, and not the tests beside a campaign."""
    return path.name != PROGRAMME and not path.stem.endswith(TESTS)


def programme_text(folder: Path) -> str | None:
    """Return the text of the programme's file in a folder of campaigns; None if there is none."""
    path = folder / PROGRAMME
    return _text(path) if path.is_file() else None


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")

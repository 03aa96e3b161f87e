"""Campaigns on disk: a file, and the folder of message files beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from punchcard.language.compiler import Checked, Defaults, check
from punchcard.language.texts import FOLDER

SUFFIXES = (".yaml", ".yml")
# What a text is called that has no file.
NAMELESS = Path("<standard input>")


@dataclass(frozen=True, slots=True)
class Written:
    """A campaign as it lies on disk: its text, and the texts of its message files by their relative paths."""

    path: Path
    text: str
    files: Mapping[str, str]

    @property
    def texts(self) -> dict[str, str]:
        """All texts by the names that diagnostics have."""
        return {
            self.path.as_posix(): self.text,
            **{(self.path.parent / name).as_posix(): text for name, text in self.files.items()},
        }

    def check(self, defaults: Defaults | None = None) -> Checked:
        """Return the campaign's plan or its mistakes."""
        return check(self.text, name=self.path.as_posix(), files=self.files, defaults=defaults)


def load(path: Path) -> Written:
    """Read a campaign and its message files; OSError if the file cannot be read.

    Bytes that are not UTF-8 become U+FFFD: the checker reports what does not make sense then.
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
    return Written(path, text, files)


def campaigns(folder: Path) -> Iterator[Path]:
    """Yield the campaign files of a folder in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.is_file() and not path.name.startswith("."):
            yield path


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")

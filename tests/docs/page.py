"""A page of the docs as a test reads it: the commands of its `console` blocks with what they promise, and its files."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY = "…"


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it stands on the page, and the lines that it promises."""

    words: str
    promised: tuple[str, ...]

    def is_kept(self, said: str) -> bool:
        """Tell whether an output is what was promised: `…` stands for some text, alone on a line for some lines."""
        pattern = "".join(r"(?:.*\n)*" if line.strip() == _ANY else _line(line) for line in self.promised)
        lines = "".join(f"{line.rstrip()}\n" for line in said.splitlines())
        return re.fullmatch(pattern, lines) is not None


@dataclass(frozen=True, slots=True)
class File:
    """A file that the reader is told to write: a block with `title=PATH`."""

    path: str
    text: str


def read_page(text: str) -> list[Command | File]:
    """Return what a reader of the page does, in order."""
    parts: list[Command | File] = []
    for fence in _FENCE.finditer(text):
        info, body = fence["info"].strip(), fence["body"]
        title = re.search(r"\btitle=(\S+)", info)
        if title is not None:
            parts.append(File(title[1], body))
        elif info == "console":
            parts += _commands(body.splitlines())
    return parts


def _line(promised: str) -> str:
    return ".*".join(map(re.escape, promised.rstrip().split(_ANY))) + r"\s*\n"


def _commands(lines: list[str]) -> list[Command]:
    """A command begins with `$ ` and goes on while a quotation is open or a line ends with a backslash."""
    commands = []
    while lines:
        line = lines.pop(0)
        assert line.startswith("$ "), f"this is neither a command nor its output: {line}"
        words = line[2:]
        while not _is_whole(words):
            words += f"\n{lines.pop(0)}"
        promised = []
        while lines and not lines[0].startswith("$ "):
            promised.append(lines.pop(0))
        commands.append(Command(words, tuple(promised)))
    return commands


def _is_whole(words: str) -> bool:
    try:
        shlex.split(words)
    except ValueError:
        return False
    return True

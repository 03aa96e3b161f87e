"""Somebody who writes campaigns in an editor: types at a cursor `§`, and looks at what the language server says."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.support.lsp import LanguageClient

COMMAND = [sys.executable, "-m", "punchcard.cli", "language-server"]
DEFINITIONS = Path(__file__).parents[2] / "definitions"


class Author:
    """Has a folder of campaigns open; `path` is the file that is written."""

    def __init__(self, client: LanguageClient, path: Path) -> None:
        self.client = client
        self.path = path
        self._opened: set[Path] = set()

    @property
    def folder(self) -> Path:
        """Where the campaigns lie."""
        return self.client.root

    def open(self, name: str) -> Author:
        """Return the same author with another file of the folder before them."""
        other = Author(self.client, self.folder / name)
        other._opened = self._opened
        if other.path.is_file():
            other.type(other.path.read_text(encoding="utf-8"))
        return other

    def type(self, text: str) -> list[dict[str, Any]]:
        """Put a text into the editor; returns the diagnostics of it."""
        if self.path not in self._opened:
            self._opened.add(self.path)
            language = "markdown" if self.path.suffix == ".md" else "yaml"
            return self.client.open(self.path, text, language)
        return self.client.change(self.path, text)

    def at(self, method: str, text: str, **more: Any) -> Any:
        """Type a text, and ask something at its cursor."""
        before, _, after = text.partition("§")
        self.type(before + after)
        character = len(before) - before.rfind("\n") - 1
        return self.client.at(method, self.path, before.count("\n"), character, **more)

    def ask(self, method: str, **more: Any) -> Any:
        """Ask something about the whole file."""
        return self.client.request(
            f"textDocument/{method}", {"textDocument": {"uri": self.path.as_uri()}, **more}
        )

    def refused(self, method: str, text: str, **more: Any) -> str:
        """Return why something cannot be done at the cursor."""
        try:
            self.at(method, text, **more)
        except AssertionError as error:
            return str(error.args[0]["message"])
        return ""

    def offered(self, text: str) -> dict[str, str]:
        """What is offered at the cursor, in its order, with what each puts in."""
        items = self.at("completion", text)["items"]
        return {
            item["label"]: item["textEdit"]["newText"]
            for item in sorted(items, key=lambda item: str(item["sortText"]))
        }

    def hovered(self, text: str) -> str:
        """What is shown over the cursor."""
        answer = self.at("hover", text)
        return str(answer["contents"]["value"]) if answer else ""

    def fixes(self, text: str) -> dict[str, dict[str, str]]:
        """The fixes at the cursor by their titles, each with the texts of the files that come of it."""
        before, _, after = text.partition("§")
        self.type(before + after)
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        found = self.ask("codeAction", range={"start": place, "end": place}, context={"diagnostics": []})
        return {each["title"]: self.after(each["edit"]) for each in found}

    def after(self, edit: dict[str, Any]) -> dict[str, str]:
        """The texts of the files that an edit changes, by their names in the folder, as they are then."""
        found: dict[str, str] = {}
        for each in edit.get("documentChanges", []):
            match each.get("kind"):
                case "create":
                    found[self._name(each["uri"])] = ""
                case "rename":
                    old, new = self._name(each["oldUri"]), self._name(each["newUri"])
                    found[new] = found.pop(old) if old in found else self._text(old)
                case None:
                    name = self._name(each["textDocument"]["uri"])
                    found[name] = applied(found.get(name, self._text(name)), each["edits"])
        for uri, edits in edit.get("changes", {}).items():
            found[self._name(uri)] = applied(self._text(self._name(uri)), edits)
        return found

    def _name(self, uri: str) -> str:
        return Path(unquote(urlsplit(uri).path)).relative_to(self.folder).as_posix()

    def _text(self, name: str) -> str:
        path = self.folder / name
        return self.client.texts.get(path) or (path.read_text(encoding="utf-8") if path.is_file() else "")


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """The text after edits."""
    lines = text.split("\n")

    def offset(place: dict[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: place["line"]]) + place["character"]

    for edit in sorted(edits, key=lambda each: offset(each["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = f"{text[:start]}{edit['newText']}{text[end:]}"
    return text


@contextmanager
def writing(folder: Path, name: str) -> Iterator[Author]:
    """An author with a copy of all definitions, and a file of this name to be written."""
    shutil.copytree(DEFINITIONS, folder, dirs_exist_ok=True)
    with LanguageClient(COMMAND, folder) as client:
        yield Author(client, folder / name)

"""Campaigns to begin with: those that come with Punchcard, under a name of one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from punchcard.authoring.fitting import Shop, as_value, fit
from punchcard.authoring.formatting.layout import formatted
from punchcard.authoring.schema.documents import DOCUMENTS, modeline, text_of
from punchcard.authoring.schema.documents import FOLDER as SCHEMAS
from punchcard.errors import FinalError
from punchcard.language import nodes
from punchcard.language.diagnostics import Findings
from punchcard.language.files import Written, campaigns, load
from punchcard.language.nearest import nearest, one_of
from punchcard.language.nodes import Scalar
from punchcard.language.programme_file import FILE as PROGRAMME
from punchcard.language.source import read, source_of
from punchcard.language.texts import FOLDER as MESSAGES
from punchcard.shipped import shipped

EVENTS = "events"
TESTS = ".test.yaml"
ANY_SHOP = Shop()
_REMARK = re.compile(r"#[ \t]*(?P<text>.*)")


class NoSuchTemplateError(FinalError):
    """There is no template of this name."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A campaign's files by their paths, and the languages of the shop that its template does not speak."""

    files: Mapping[str, str]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A campaign of the gallery: its name, its title, and what it does in a sentence or two."""

    name: str
    title: str
    says: str
    written: Written

    def campaign(self, name: str, title: str | None = None, shop: Shop = ANY_SHOP) -> Offered:
        """Return the files of a campaign of this name by their paths: itself, its messages and its tests."""
        own, source = f"{MESSAGES}/{self.name}/", source_of("", self.written.text)
        root, _ = read(source, Findings())
        assert isinstance(root, nodes.Mapping), "a template is a campaign"
        wanted = {"campaign": name, "title": None if title is None else as_value(title)}
        text = source.text
        for entry in reversed(root.entries):
            new = wanted.get(entry.key.value)
            if new is not None:
                text = f"{text[: entry.value.span.start]}{new}{text[entry.value.span.end :]}"
        text = text.replace(own, f"{MESSAGES}/{name}/")
        tests = self.written.path.with_name(f"{self.name}{TESTS}")
        fitted = fit(
            text,
            {path.removeprefix(own): words for path, words in self.written.files.items()},
            self._renamed(tests.read_text("utf-8"), name) if tests.is_file() else None,
            shop,
        )
        file = f"{name}.yaml"
        files = {file: formatted(_with_modeline(fitted.campaign), name=file).text}
        files |= {f"{MESSAGES}/{name}/{path}": words for path, words in fitted.letters.items()}
        if fitted.tests is not None:
            files[f"{name}{TESTS}"] = formatted(fitted.tests, name=f"{name}{TESTS}").text
        return Offered(files, fitted.missing)

    def events(self, folder: Path) -> dict[str, str]:
        """Return the types of the events that it names and that the folder lacks, by their paths in it."""
        return {
            f"{EVENTS}/{path.name}": path.read_text("utf-8")
            for path in sorted((self.written.path.parent / EVENTS).glob("*.json"))
            if re.search(rf"\b{path.stem}\b", self.written.text)
            and not (folder / EVENTS / path.name).exists()
        }

    def _renamed(self, tests: str, name: str) -> str:
        """Return its tests under another name: at `tests`, and in the comment at their head."""
        head, sign, rest = tests.partition("\ncases:")
        return f"{re.sub(rf'(?<![a-z-]){self.name}(?![a-z-])', name, head)}{sign}{rest}"


def gallery() -> tuple[Template, ...]:
    """Return the templates in the order of their names."""
    return tuple(_template(path) for path in campaigns(shipped("definitions")))


def template(name: str) -> Template:
    """Return the template of a name; NoSuchTemplateError names those that exist."""
    found = {each.name: each for each in gallery()}
    if name in found:
        return found[name]
    meant = nearest(name, found)
    remedy = f"Did you mean {meant}?" if meant else f"Choose {one_of(found)}."
    raise NoSuchTemplateError(f"There is no template {name}.", remedy=remedy)


def programme() -> str:
    """Return the programme that the templates stand beside."""
    return (shipped("definitions") / PROGRAMME).read_text("utf-8")


def schemas() -> dict[str, str]:
    """Return the JSON Schemas that campaigns name in their first lines, by their paths in the folder."""
    return {f"{SCHEMAS}/{name}.json": text_of(name) for name in DOCUMENTS}


def _template(path: Path) -> Template:
    written = load(path)
    source = source_of("", written.text)
    root, _ = read(source, Findings())
    title = root.get("title") if isinstance(root, nodes.Mapping) else None
    name = path.name.split(".")[0]
    return Template(name, title.value if isinstance(title, Scalar) else name, _says(written.text), written)


def _says(text: str) -> str:
    """Return the comment at the head of a campaign."""
    lines = []
    for line in text.split("\n"):
        found = _REMARK.match(line)
        if found is None:
            break
        if "yaml-language-server:" not in line:
            lines.append(found["text"].strip())
    return " ".join(lines)


def _with_modeline(text: str) -> str:
    line = modeline("campaign")
    return text if text.startswith(line) else f"{line}\n{text}"

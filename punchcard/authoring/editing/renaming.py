"""Another name for a thing, in every file that names it; refused where it would break or collide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from punchcard.authoring.editing.folder import Folder
from punchcard.authoring.editing.references import EVENTS, references
from punchcard.authoring.editing.things import WORDS, Mention, Sort, Thing
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.labels import kebab, snake
from punchcard.language.names import CUSTOMER, FACTS, ORDER_FACT_TYPES, ORDER_IN_WHERE, RESERVED
from punchcard.language.nodes import Span
from punchcard.language.texts import FOLDER
from punchcard.language.unfit import Unfit

_WITH_HYPHENS: tuple[Sort, ...] = ("message", "shared", "variant", "campaign")


class Refused(Exception):
    """Why something cannot be called so."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """Which parts of which files become the new name, and which files get another one."""

    name: str
    parts: tuple[Span, ...]
    files: Mapping[Path, Path] = field(default_factory=dict)

    @property
    def texts(self) -> dict[Path, str]:
        """The texts of the files as they are then."""
        sources = {each.source.name: each.source for each in self.parts}
        found = {}
        for name, source in sources.items():
            text = source.text
            own = {each.start: each.end for each in self.parts if each.source.name == name}
            for start in sorted(own, reverse=True):
                text = f"{text[:start]}{self.name}{text[own[start] :]}"
            found[Path(name)] = text
        return found


def renameable(folder: Folder, beside: Path, mention: Mention) -> tuple[Mention, ...]:
    """Return every place that names a thing; Refused if it has no name of its own, or is known by it elsewhere."""
    thing = mention.thing
    if thing.sort == "campaign":
        raise Refused(
            f"`{thing.name}` is how running instances, rewards and figures know this campaign: "
            "another name is another campaign. `title` is what people read"
        )
    if thing.sort == "secret":
        raise Refused(f"the secret `{thing.name}` is known by this name in the workers' environment")
    found = references(folder, beside, thing)
    implied = next((each for each in found if each.silent and each.makes and thing.sort == "made"), None)
    if implied is not None:
        line, _ = implied.span.source.place(implied.span.start)
        raise Refused(
            f"`{thing.name}` is the name that goes without saying; write `as: …` below line {line} first"
        )
    if not any(each.makes for each in found):
        raise Refused(f"nothing here declares {thing.words}")
    return found


def renamed(folder: Folder, beside: Path, mention: Mention, name: str) -> Renaming:
    """Return what is to be changed so that a thing has another name; Refused with the reason if that cannot be."""
    thing = mention.thing
    found = renameable(folder, beside, mention)
    _well_formed(thing, name)
    _is_free(folder, beside, Thing(thing.sort, name, thing.home))
    parts = {(each.span.source.name, each.span.start): each.span for each in found if not each.silent}
    renaming = Renaming(name, tuple(parts.values()), dict(_files(beside, thing, found, name)))
    _breaks_nothing(folder, beside, thing.name, renaming)
    return renaming


def _well_formed(thing: Thing, name: str) -> None:
    fit = kebab(name) if thing.sort in _WITH_HYPHENS else snake(name)
    if isinstance(fit, Unfit):
        raise Refused(f"{fit.reason}: {fit.expected}")
    taken = {
        "made": RESERVED,
        "customer_field": {each.partition(".")[2] for each in (*CUSTOMER, *FACTS)},
        "order_field": {each.partition(".")[2] for each in (*ORDER_IN_WHERE, *ORDER_FACT_TYPES)},
    }.get(thing.sort, frozenset())
    if name in taken:
        raise Refused(f"`{name}` has a meaning of its own")


def _is_free(folder: Folder, beside: Path, thing: Thing) -> None:
    for each in references(folder, beside, thing):
        if each.makes:
            line, _ = each.span.source.place(each.span.start)
            what = f"there is a {WORDS[thing.sort]} `{thing.name}` already"
            raise Refused(f"{what}, in {Path(each.span.source.name).name}:{line}")


def _files(beside: Path, thing: Thing, found: tuple[Mention, ...], name: str) -> Iterator[tuple[Path, Path]]:
    """Yield the files that are called like the thing, with what they are called then."""
    if thing.sort == "message":
        for each in found:
            path = Path(each.span.source.name)
            if each.silent and path.parent == beside / FOLDER / thing.home:
                yield path, path.with_name(f"{name}{path.name.removeprefix(thing.name)}")
    if thing.sort == "event":
        path = beside / EVENTS / f"{thing.name}.json"
        if path.is_file():
            yield path, path.with_name(f"{name}.json")


def _breaks_nothing(folder: Folder, beside: Path, name: str, renaming: Renaming) -> None:
    """Check every file of the folder as it will be, and refuse if anything is found that was not."""
    after = folder.changed(renaming.texts, renaming.files)
    before = Counter(_kind(each) for study in folder.all(beside, name) for each in study.checked.diagnostics)
    for study in after.all(beside, renaming.name):
        for each in study.checked.diagnostics:
            before[_kind(each)] -= 1
            if before[_kind(each)] < 0:
                raise Refused(f"{Path(each.file).name}:{each.line} would be wrong then: {each.message}")


def _kind(found: Diagnostic) -> tuple[str, str]:
    return Path(found.file).parent.name, found.code

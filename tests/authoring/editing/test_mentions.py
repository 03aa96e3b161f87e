"""What names what, in all definitions: every name can be another one, and nothing else changes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from punchcard.authoring.editing.folder import Folder
from punchcard.authoring.editing.mentions import DEFAULT_NAMES, mentions
from punchcard.authoring.editing.references import references
from punchcard.authoring.editing.renaming import Refused, renamed
from punchcard.authoring.editing.things import Mention, Thing
from punchcard.cli.language_server import _declared
from punchcard.language.steps import VERBS

DEFINITIONS = Path(__file__).parents[3] / "definitions"
HYPHENS = ("message", "shared", "variant")
ON_PURPOSE = ("campaign", "secret")


@pytest.fixture(scope="module")
def folder() -> Folder:
    """All definitions as they lie on disk."""
    return Folder(lambda path: None, _declared, lambda: date(2026, 1, 1))


def named(folder: Folder) -> Iterator[tuple[Thing, Mention]]:
    """Each thing of the definitions, with a place that names it."""
    seen: set[Thing] = set()
    for study in folder.all(DEFINITIONS):
        for each in mentions(study):
            if each.thing not in seen and not each.silent:
                seen.add(each.thing)
                yield each.thing, each


def test_every_name_can_be_another_one(folder: Folder) -> None:
    """One of each kind: as many places name it then, the check finds nothing, and the way back leads to the same."""
    tried: set[str] = set()
    for thing, mention in named(folder):
        if thing.sort in ON_PURPOSE or thing.sort in tried or thing.name in DEFAULT_NAMES.values():
            continue
        tried.add(thing.sort)
        name = f"{thing.name}{'-' if thing.sort in HYPHENS else '_'}zz"
        renaming = renamed(folder, DEFINITIONS, mention, name)
        for path, text in renaming.texts.items():
            assert text.replace(name, thing.name) == path.read_text(encoding="utf-8")
        after = folder.changed(renaming.texts, renaming.files)
        again = references(after, DEFINITIONS, Thing(thing.sort, name, thing.home))
        before = references(folder, DEFINITIONS, thing)
        written = [each for each in before if not each.silent]
        assert len([each for each in again if not each.silent]) == len(written), thing
    assert {
        "made",
        "message",
        "shared",
        "input",
        "variant",
        "segment",
        "customer_field",
        "event",
        "role",
    } <= tried


def test_what_is_called_by_default_is_known(folder: Folder) -> None:
    """Each verb that can be followed by `as` has a name without it; but `use`, whose steps have their own."""
    assert set(DEFAULT_NAMES) == {verb.name for verb in VERBS if "as" in verb.beside} - {"use"}


def test_a_campaign_is_known_by_its_name(folder: Folder) -> None:
    """Another name would be another campaign."""
    for thing, mention in named(folder):
        if thing.sort in ON_PURPOSE:
            with pytest.raises(Refused):
                renamed(folder, DEFINITIONS, mention, "another")
            return

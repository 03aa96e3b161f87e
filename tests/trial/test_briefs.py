"""Campaigns for what shops ask for in their own words, written from the reference alone."""

from pathlib import Path

import pytest

from punchcard.cli.testing import surroundings
from punchcard.language.across import together
from punchcard.language.files import campaigns, load
from punchcard.language.render import render
from punchcard.trial.files import files_of, run
from punchcard.trial.memory import Memory
from tests.support.tables import trial_memory

BRIEFS = Path(__file__).parent.parent / "cases" / "briefs"
FOLDERS = sorted(path for path in BRIEFS.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def memory() -> Memory:
    """A database in memory."""
    return trial_memory()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_brief_is_kept(folder: Path, memory: Memory) -> None:
    """The campaigns are fine without a warning, and do all of what their stories say."""
    around = surroundings([folder])
    written = [load(path) for path in campaigns(folder)]
    for each, checked in together([(each, each.check(around.programme)) for each in written]):
        assert checked.diagnostics == (), render(checked.diagnostics, each.texts)
    for file in files_of([folder]):
        tested = run(file, around, memory)
        assert tested.passed, render(tested.findings, {file.as_posix(): tested.text})
        assert tested.coverage is not None
        assert tested.coverage.missed == ()


def test_every_brief_is_told() -> None:
    """What was asked for stands in the table."""
    page = (BRIEFS / "README.md").read_text("utf-8")
    assert [folder.name for folder in FOLDERS if f"| `{folder.name}` |" not in page] == []

"""The tests beside the campaigns that come with Punchcard."""

from pathlib import Path

import pytest

from punchcard.cli.testing import surroundings
from punchcard.language.files import campaigns
from punchcard.language.render import render
from punchcard.language.trials.reader import campaign_of
from punchcard.shipped import shipped
from punchcard.trial.files import files_of, run
from punchcard.trial.memory import Memory
from tests.support.tables import trial_memory

FILES = files_of([shipped("definitions")])


@pytest.fixture(scope="module")
def memory() -> Memory:
    """A database in memory."""
    return trial_memory()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_tests_of_a_campaign_pass_and_take_all_of_it(file: Path, memory: Memory) -> None:
    """Each campaign does what its own file of tests says, and no step or way is left untried."""
    tested = run(file, surroundings([file]), memory)
    assert tested.passed, render(tested.findings, {file.as_posix(): tested.text})
    assert tested.coverage is not None
    assert tested.coverage.missed == ()


def test_every_campaign_has_tests() -> None:
    """Beside it."""
    assert {campaign_of(file.name) for file in FILES} == {
        path.stem for path in campaigns(shipped("definitions"))
    }

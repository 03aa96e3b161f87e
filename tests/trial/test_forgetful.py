"""Every campaign that comes with Punchcard does the same if its instances are lost after each of their commits."""

from pathlib import Path

import pytest

from punchcard.cli.testing import surroundings
from punchcard.language.render import render
from punchcard.shipped import shipped
from punchcard.trial import walker
from punchcard.trial.files import files_of, run
from punchcard.trial.memory import Memory
from tests.support.tables import trial_memory
from tests.trial.forgetful import ForgetfulWalk


@pytest.fixture(scope="module")
def memory() -> Memory:
    """A database in memory."""
    return trial_memory()


@pytest.mark.parametrize("file", files_of([shipped("definitions")]), ids=lambda file: file.name)
def test_what_is_lost_after_a_commit_goes_on_from_it(
    file: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is given, sent or asked twice, and nothing is left out: its own tests say so."""
    lost = []

    class Counted(ForgetfulWalk):
        def _begin_again(self) -> None:
            lost.append(self.id)
            super()._begin_again()

    monkeypatch.setattr(walker, "Walk", Counted)
    tested = run(file, surroundings([file]), memory)
    assert tested.passed, render(tested.findings, {file.as_posix(): tested.text})
    assert lost

"""A campaign, its programme and a story as texts, played at virtual time."""

from pathlib import Path

from punchcard.cli.testing import surroundings
from punchcard.language.files import load
from punchcard.language.render import render
from punchcard.trial.files import Tested, run_text
from tests.support.tables import trial_memory


def tell(folder: Path, campaign: str, story: str, *, programme: str = "") -> None:
    """Play a story of the campaign `cups`; AssertionError shows what came otherwise than it says."""
    told(folder, campaign, story, programme=programme)


def told(folder: Path, campaign: str, story: str, *, programme: str = "") -> Tested:
    """Return what was found besides."""
    (folder / "cups.yaml").write_text(campaign)
    (folder / "programme.yaml").write_text(programme)
    path = folder / "cups.test.yaml"
    text = f"tests: cups\ncases:\n  - case: A story\n{story}"
    around = surroundings([path])
    checked = load(folder / "cups.yaml").check(around.programme)
    assert checked.plan is not None, checked.diagnostics
    memory = trial_memory()
    tested = run_text(text, path, checked, around, memory)
    timeline = "\n".join(f"{entry.at} {entry.text}" for case in tested.cases for entry in case.timeline)
    assert tested.passed, f"{render(tested.findings, {path.as_posix(): text})}\n{timeline}"
    return tested

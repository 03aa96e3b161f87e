"""`punchcard diff` as a person and a script meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.main import app

CUPS = "campaign: cups\nlimit: 1 per year\nwhen: order\nsteps:\n  - reward: 10%\n"


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A campaign before and after its reward was raised."""
    old, new = tmp_path / "old" / "cups.yaml", tmp_path / "new" / "cups.yaml"
    for path, share in ((old, "10%"), (new, "15%")):
        path.parent.mkdir()
        path.write_text(CUPS.replace("10%", share))
    return old, new


def test_two_files_are_compared(files: tuple[Path, Path]) -> None:
    """In sentences, with the words that changed; the exit code says nothing unless it is asked."""
    answer = run("diff", *files)
    assert answer.exit_code == 0
    assert "~ 1  We give [-10%-]{+15%+} off" in answer.stdout
    assert "What that means" in answer.stdout
    assert run("diff", *files, "--exit-code").exit_code == 1
    assert run("diff", files[0], files[0], "--exit-code").exit_code == 0
    assert "Nothing changes." in run("diff", files[0], files[0]).stdout


def test_it_speaks_german_and_json(files: tuple[Path, Path]) -> None:
    """The sections have the same names in every language."""
    told = json.loads(run("diff", *files, "--language", "de", "--json").stdout)
    assert (told["equal"], told["language"]) == (False, "de")
    (section,) = told["sections"]
    assert section["name"] == "steps"
    assert [piece["kind"] for piece in section["changes"][0]["pieces"]] == [
        "same",
        "removed",
        "added",
        "same",
    ]


def test_a_file_is_compared_with_what_was_published(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One argument is enough; versions can be named too."""
    monkeypatch.setenv("PUNCHCARD_DATA_DIR", str(tmp_path / "data"))
    assert run("migrate").exit_code == 0
    assert run("publish", files[0]).exit_code == 0
    assert "[-10%-]{+15%+}" in run("diff", files[1]).stdout
    assert run("publish", files[1]).exit_code == 0
    assert "Nothing changes." in run("diff", files[1]).stdout
    assert "[-10%-]{+15%+}" in run("diff", "cups@1", "cups@2").stdout

"""`punchcard format` as a person and an editor meet it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.main import app

UNTIDY, TIDY = "steps:\n- stop:   x\ncampaign: cups\n", "campaign: cups\n\nsteps:\n  - stop: x\n"


def run(*arguments: str | Path, text: str | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, ["format", *map(str, arguments)], input=text, catch_exceptions=False)


@pytest.fixture
def cups(tmp_path: Path) -> Path:
    """A campaign that is untidy."""
    path = tmp_path / "cups.yaml"
    path.write_text(UNTIDY)
    return path


def test_a_folder_is_laid_out(cups: Path) -> None:
    """Each file that changes is named; a second time nothing is said."""
    assert run(cups.parent).stdout == f"{cups}: laid out\n"
    assert cups.read_text() == TIDY
    assert run(cups).stdout == ""


def test_checking_changes_nothing(cups: Path) -> None:
    """For CI: exit code 1 where a file would change."""
    result = run("--check", cups)
    assert (result.exit_code, cups.read_text()) == (1, UNTIDY)
    assert run("--check", "-", text=TIDY).exit_code == 0


def test_an_editor_sends_what_it_has() -> None:
    """Standard input becomes standard output."""
    assert run("-", text=UNTIDY).stdout == TIDY


def test_what_is_not_yaml_stays(cups: Path) -> None:
    """Its mistakes are shown, and nothing is written."""
    cups.write_text("campaign: [cups\n")
    result = run(cups)
    assert result.exit_code == 1
    assert "PC1002" in result.stderr
    assert cups.read_text() == "campaign: [cups\n"
    assert run("-", text="a: [").stdout == "a: ["


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """It is no success."""
    assert run(tmp_path / "none.yaml").exit_code == 2

"""`punchcard explain` as a person and a script meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.main import app
from punchcard.cli.plans import PlanMissing
from punchcard.domain.refusals import CampaignUnknown, VersionUnknown
from punchcard.shipped import shipped

WELCOME = shipped("definitions") / "welcome.yaml"


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


def test_a_file_is_told_in_sentences() -> None:
    """From what starts it to how it is counted."""
    text = run("explain", WELCOME).stdout
    assert text.startswith("10% off the second order\n====")
    assert "A customer's first order starts the campaign" in text
    assert "3b.1  It ends here: the second order came without the code." in text
    assert "How it is counted" in text


def test_it_speaks_german() -> None:
    """Words, numbers and subjects."""
    text = run("explain", WELCOME, "--language", "de-AT").stdout
    assert "Was geschieht, Schritt für Schritt" in text
    assert "Betreff „Willkommen, [Vorname]“" in text


def test_a_language_that_nobody_has_written_is_named_with_those_there_are() -> None:
    """The command line is wrong, not the campaign."""
    for language in ("fr", "nonsense"):
        answer = run("explain", WELCOME, "--language", language)
        assert answer.exit_code == 2
        assert "en or de" in answer.stderr


def test_a_script_gets_sections_by_name() -> None:
    """One JSON document, the same as the API's."""
    told = json.loads(run("explain", WELCOME, "--json").stdout)
    steps = next(each for each in told["sections"] if each["name"] == "steps")
    assert steps["lines"][0] == {
        "text": "We give 10% off as “coupon”, valid for 60 days.",
        "number": "1",
        "depth": 0,
        "step": "1",
    }


def test_mistakes_are_shown_instead(tmp_path: Path) -> None:
    """A file that cannot be published cannot be told."""
    path = tmp_path / "cups.yaml"
    path.write_text("campaign: cups\nwhen: order\nsteps:\n  - rewrad: 10%\n")
    answer = run("explain", path)
    assert answer.exit_code == 1
    assert "cups.yaml:4" in answer.stderr
    assert answer.stdout == ""


def test_published_campaigns_are_told_by_name_and_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The current version, or the one behind the `@`, by number or by hash."""
    monkeypatch.setenv("PUNCHCARD_DATA_DIR", str(tmp_path / "data"))
    assert run("migrate").exit_code == 0
    path = tmp_path / "cups.yaml"
    path.write_text("campaign: cups\nlimit: 1 per year\nwhen: order\nsteps:\n  - reward: 10%\n")
    assert run("publish", path).exit_code == 0
    path.write_text(path.read_text().replace("10%", "15%"))
    second = json.loads(run("publish", path, "--json").stdout)[0]["version"]
    assert "We give 15% off" in run("explain", "cups").stdout
    assert "We give 10% off" in run("explain", "cups@1").stdout
    assert "We give 15% off" in run("explain", f"cups@{second[:12]}").stdout
    with pytest.raises(VersionUnknown, match="cups has no version 3"):
        run("explain", "cups@3")
    with pytest.raises(CampaignUnknown, match="There is no campaign mugs"):
        run("explain", "mugs")
    with pytest.raises(PlanMissing, match=r"There is no file mugs\.yaml"):
        run("explain", "mugs.yaml")

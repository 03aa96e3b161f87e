"""`punchcard test` as a person and a CI server meet it."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.main import app
from punchcard.trial.files import NothingToTestError

CUPS = """\
campaign: cups
limit: 5 per year
when: order
steps:
  - reward: {discount: 10%, expires: 9 days}
    as: coupon
  - wait: {for: coupon.redeemed, up_to: 3 days}
    then:
      - stop: it was used
"""
TESTS = """\
tests: cups
cases:
  - case: An order earns a code
    story:
      - order: 5
      - expect:
          - reward: coupon
"""


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, ["test", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a campaign and its tests."""
    (tmp_path / "cups.yaml").write_text(CUPS)
    (tmp_path / "cups.test.yaml").write_text(TESTS)
    return tmp_path


def test_folders_campaigns_and_files_of_tests_lead_to_the_tests(folder: Path) -> None:
    """Whichever is named, and each file once."""
    for paths in ([folder], [folder / "cups.yaml"], [folder / "cups.test.yaml", folder]):
        result = run(*paths)
        assert result.exit_code == 0
        assert result.stdout.count("1 of 1 cases passed") == 1


def test_without_tests_there_is_nothing_to_do(tmp_path: Path) -> None:
    """Which is an error, so that a misspelt name does not pass."""
    with pytest.raises(NothingToTestError):
        run(tmp_path)


def test_a_case_that_fails_fails_the_command(folder: Path) -> None:
    """With what happened, and when."""
    file = folder / "cups.test.yaml"
    file.write_text(TESTS.replace("reward: coupon", "revoked: coupon"))
    result = run(folder)
    assert result.exit_code == 1
    assert "error[PC2101]" in result.stdout
    assert (
        "2026-03-02 10:00      the reward `coupon` was given (10%, expires 2026-03-11 23:59)" in result.stdout
    )


def test_what_no_case_takes_is_said_and_can_be_required(folder: Path) -> None:
    """By the lines of the campaign."""
    result = run(folder, "--cover", "60%")
    assert result.exit_code == 0
    assert (
        "2 of 3 steps and 1 of 2 ways taken\n  no case takes line 7: `wait`, the way `then`" in result.stdout
    )
    assert run(folder, "--cover", "61%").exit_code == 1
    assert run(folder, "--cover", "much").exit_code == 2


def test_json_has_all_of_it(folder: Path) -> None:
    """For scripts."""
    data = json.loads(run(folder, "--json").stdout)
    (file,) = data["files"]
    (case,) = file["cases"]
    assert data["ok"]
    assert (case["name"], case["line"], case["ok"]) == ("An order earns a code", 3, True)
    assert [entry["text"].partition(" (")[0] for entry in case["timeline"]] == [
        "order: 5",
        "the reward `coupon` was given",
        "the instance ended: completed",
    ]
    assert file["coverage"] == {
        "share": 0.6,
        "steps": {"taken": 2, "all": 3},
        "ways": {"taken": 1, "all": 2},
        "missed": [
            {"path": "2", "line": 7, "verb": "wait", "way": "then"},
            {"path": "2.then.1", "line": 9, "verb": "stop", "way": None},
        ],
    }


def test_ci_servers_get_their_xml(folder: Path) -> None:
    """A suite for each file; what cannot be read is an error of it."""
    (folder / "cupz.test.yaml").write_text(TESTS)
    (folder / "cups.test.yaml").write_text(
        f"{TESTS}  - case: And nothing else\n    story:\n      - order: 5\n      - expect: nothing\n"
    )
    assert run(folder, "--junit", folder / "report.xml").exit_code == 1
    cups, cupz = ElementTree.parse(folder / "report.xml").getroot()
    assert (cups.get("tests"), cups.get("failures"), cups.get("errors")) == ("2", "1", "0")
    assert [case.find("failure") is None for case in cups] == [True, False]
    assert (cupz.get("tests"), cupz.get("errors")) == ("0", "2")

"""`punchcard check` as a person and a script meet it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.check import NothingToCheckError
from punchcard.cli.main import app
from punchcard.cli.programme import ProgrammeRefused
from punchcard.language.files import campaigns
from punchcard.shipped import shipped

FINE = "campaign: cups\nlimit: 1 per year\nwhen: order\nsteps:\n  - reward: 10%\n"


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, ["check", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def cups(tmp_path: Path) -> Path:
    """A campaign that is fine."""
    path = tmp_path / "cups.yaml"
    path.write_text(FINE)
    return path


def test_the_shipped_campaigns_are_fine() -> None:
    """A folder is checked whole, with one line for each campaign."""
    result = run(shipped("definitions"))
    assert result.exit_code == 0
    assert result.stdout.count(": fine (version ") == len(list(campaigns(shipped("definitions"))))


def test_steps_within_steps_are_counted(cups: Path) -> None:
    """All that an instance may do, however deep it stands."""
    assert ", 1 step, class S)" in run(cups).stdout
    cups.write_text(
        FINE.replace("10%", "10%\n    as: coupon")
        + "  - if: coupon.redeemed\n    then:\n      - stop: used\n"
    )
    assert ", 3 steps, class S)" in run(cups).stdout


def test_a_mistake_is_shown_and_fails_the_check(cups: Path) -> None:
    """The line, the caret, what to write instead, and exit code 1."""
    cups.write_text(FINE.replace("10%", "10"))
    result = run(cups)
    assert result.exit_code == 1
    assert f"--> {cups.as_posix()}:5:13" in result.stdout
    assert "5 |   - reward: 10\n  |             ^^\n" in result.stdout
    assert result.stdout.endswith(f"{cups}: 1 error\n")


def test_warnings_fail_the_check_only_when_asked(cups: Path) -> None:
    """`--strict` is for those who want none."""
    cups.write_text(FINE.replace("limit: 1 per year\n", ""))
    assert run(cups).exit_code == 0
    assert "1 warning" in run(cups).stdout
    assert run("--strict", cups).exit_code == 1


def test_silenced_warnings_are_counted_and_fail_nothing(cups: Path) -> None:
    """What its author has allowed, with a reason, is no finding any more, and is not forgotten."""
    cups.write_text(
        FINE.replace("limit: 1 per year\n", "").replace("steps:", "steps: # allow PC1703: a test")
    )
    result = run("--strict", cups)
    assert result.exit_code == 0
    assert result.stdout.endswith(", 1 silenced warning)\n")
    (found,) = json.loads(run("--json", cups).stdout)
    assert [(each["code"], each["reason"]) for each in found["silenced"]] == [("PC1703", "a test")]


def test_scripts_get_one_json_document(cups: Path) -> None:
    """Version, class and diagnostics as data."""
    (found,) = json.loads(run("--json", cups).stdout)
    assert (found["ok"], found["campaign"], found["class"], found["diagnostics"]) == (True, "cups", "S", [])
    assert len(found["version"]) == 64
    cups.write_text(FINE.replace("10%", "10"))
    (found,) = json.loads(run("--json", cups).stdout)
    assert (found["ok"], found["version"]) == (False, None)
    assert [each["code"] for each in found["diagnostics"]] == ["PC1219"]


def test_the_programmes_settings_count_where_the_file_says_nothing(cups: Path) -> None:
    """Amounts are read in the programme's currency."""
    cups.write_text(FINE.replace("10%", "10 EUR"))
    assert run(cups).exit_code == 1
    assert run("--currency", "EUR", cups).exit_code == 0


def test_the_programme_beside_a_campaign_is_read(cups: Path) -> None:
    """Its settings count, its mistakes are shown, and the options come before it."""
    programme = cups.with_name("programme.yaml")
    programme.write_text("currency: EUR\ncustomer_fields: {favourite_store: text}\n")
    cups.write_text(
        FINE.replace("10%", "10 EUR") + "  - if: customer.favourite_store == 'Bern'\n    then: {stop: x}\n"
    )
    assert run(cups).exit_code == 0
    assert run(cups.parent).exit_code == 0
    assert run("--currency", "USD", cups).exit_code == 1
    programme.write_text("currenzy: EUR\n")
    with pytest.raises(ProgrammeRefused, match="a programme has no `currenzy`"):
        run(cups)


def test_a_folder_without_campaigns_is_an_error(tmp_path: Path) -> None:
    """Checking nothing is not a success."""
    with pytest.raises(NothingToCheckError):
        run(tmp_path)


def test_code_hosts_get_sarif(cups: Path) -> None:
    """One log for all files."""
    cups.write_text(FINE.replace("10%", "10"))
    log = json.loads(run("--format", "sarif", cups).stdout)
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["PC1219"]


def test_github_gets_a_line_for_each_finding(cups: Path) -> None:
    """And nothing else, so that a fine campaign says nothing."""
    assert run("--format", "github", cups).stdout == ""
    cups.write_text(FINE.replace("10%", "10"))
    result = run("--format", "github", cups)
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=")
    assert result.stdout.count("\n") == 1


def typed(text: str, *arguments: str | Path) -> Result:
    """Run the command with a text from standard input."""
    return CliRunner().invoke(app, ["check", "-", *map(str, arguments)], input=text, catch_exceptions=False)


def test_standard_input_is_checked() -> None:
    """Without a name it has none, so that it need not be called like its file."""
    result = typed(FINE)
    assert result.exit_code == 0
    assert result.stdout.startswith("<standard input>: fine (version ")
    assert "--> <standard input>:5:13" in typed(FINE.replace("10%", "10")).stdout


def test_standard_input_can_stand_for_a_file(cups: Path) -> None:
    """What an editor has not saved yet is checked with the messages that lie beside its file."""
    folder = cups.parent / "messages" / "cups"
    folder.mkdir(parents=True)
    (folder / "hello.en.md").write_text("---\npurpose: transactional\nsubject: Hello\n---\nHello\n")
    text = f"{FINE}  - send: hello\n"
    assert typed(text, "--name", cups).exit_code == 0
    assert "PC1501" in typed(text).stdout
    assert "PC1701" in typed(text, "--name", cups.parent / "other.yaml").stdout


def test_a_name_without_standard_input_is_refused(cups: Path) -> None:
    """It would name nothing."""
    assert run("--name", "x.yaml", cups).exit_code == 2


def test_a_file_is_checked_beside_the_others_of_its_folder(cups: Path) -> None:
    """What only shows there is said of the file that is asked about; the others' own mistakes are not."""
    mugs = cups.with_name("mugs.yaml")
    mugs.write_text(FINE.replace("cups", "mugs"))
    follows = cups.with_name("follows.yaml")
    follows.write_text("campaign: follows\nwhen: order\nsteps:\n  - start: {campaign: mgs}\n")
    assert f"{mugs} rewards the same orders" in run(cups).stdout
    assert "write: mugs" in run(follows).stdout
    mugs.write_text("campaign: mugs\n")
    assert ": fine (" in run(cups).stdout
    assert "mugs.yaml:" not in run(cups).stdout
    assert "there is no campaign `mgs`" in run(follows).stdout


def test_a_day_is_over_by_the_day_that_is_asked_for(cups: Path) -> None:
    """Else by the clock."""
    cups.write_text(FINE.replace("when:", "ends: 2026-05-04\nwhen:"))
    assert "PC1717" not in run(cups, "--today", "2026-05-04").stdout
    assert "2026-05-04 is over" in run(cups, "--today", "2026-05-05").stdout
    cups.write_text(FINE.replace("when:", "ends: 2001-05-04\nwhen:"))
    assert "2001-05-04 is over" in run(cups).stdout


def test_what_lies_beside_campaigns_is_checked_as_what_it_is(cups: Path) -> None:
    """`check *.yaml` hands over the programme and the tests, too."""
    programme, tests = cups.with_name("programme.yaml"), cups.with_name("cups.test.yaml")
    programme.write_text("currency: USD\n")
    tests.write_text(
        "tests: cups\ncases:\n  - case: One\n    story:\n      - order: 5\n      - expect: nothing\n"
    )
    result = run(cups, programme, tests)
    assert result.exit_code == 0
    assert f"{programme}: fine\n" in result.stdout
    assert f"{tests}: fine\n" in result.stdout
    assert run(programme).stdout == f"{programme}: fine\n"
    tests.write_text(tests.read_text().replace("order: 5", "ordr: 5"))
    result = run(tests)
    assert result.exit_code == 1
    assert "write: order" in result.stdout
    assert result.stdout.endswith(f"{tests}: 1 error\n")

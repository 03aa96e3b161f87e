"""`punchcard init` as a person and a script meet it."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.authoring.formatting.layout import formatted
from punchcard.authoring.gallery import NoSuchTemplateError, Template, gallery
from punchcard.authoring.schema.documents import text_of
from punchcard.cli.beginning import CampaignExistsError
from punchcard.cli.main import app
from punchcard.cli.programme import beside
from punchcard.language.files import load

TEMPLATES = gallery()


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, ["init", *map(str, arguments)], input=typed, catch_exceptions=False)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_template_makes_a_campaign_without_errors(tmp_path: Path, template: Template) -> None:
    """With all its messages, in an empty folder, without being asked anything."""
    folder = tmp_path / "campaigns"
    result = run("autumn-thanks", "--template", template.name, "--in", folder)
    assert result.exit_code == 0
    path = folder / "autumn-thanks.yaml"
    checked = load(path).check(beside([path]).programme)
    assert checked.plan is not None
    assert checked.plan.campaign == "autumn-thanks"
    assert checked.plan.title == template.title
    assert checked.diagnostics == ()
    assert formatted(path.read_text("utf-8"), name="autumn-thanks.yaml").text == path.read_text("utf-8")
    assert (folder / "schemas" / "campaign.json").read_text("utf-8") == text_of("campaign")


def test_the_gallery_says_what_each_does() -> None:
    """A title and a sentence for each."""
    shown = run("--list").stdout
    for template in TEMPLATES:
        assert f". {template.name}: {template.title}\n" in shown
        assert template.says.endswith((".", "!", "?"))
        assert template.says in shown


def test_whoever_says_nothing_is_asked(tmp_path: Path) -> None:
    """Name, template and title; an empty answer takes the template's."""
    number = [template.name for template in TEMPLATES].index("spend-and-save") + 1
    result = run("--in", tmp_path, typed=f"our-thanks\n{number}\n20%: for us\n")
    assert result.exit_code == 0
    text = (tmp_path / "our-thanks.yaml").read_text("utf-8")
    assert "campaign: our-thanks\ntitle: '20%: for us'\n" in text
    assert (tmp_path / "messages" / "our-thanks" / "you-earned-it.de.md").exists()
    assert "spend-and-save" not in text
    assert run("other", "--in", tmp_path, typed="welcome\n\n").exit_code == 0


def test_nothing_that_exists_is_changed(tmp_path: Path) -> None:
    """Neither a campaign nor the programme."""
    (tmp_path / "programme.yaml").write_text("currency: EUR\n")
    (tmp_path / "mine.yaml").write_text("campaign: mine\n")
    with pytest.raises(CampaignExistsError):
        run("mine", "--template", "welcome", "--in", tmp_path)
    run("ours", "--template", "review-thanks", "--in", tmp_path)
    assert (tmp_path / "programme.yaml").read_text() == "currency: EUR\n"
    assert (tmp_path / "mine.yaml").read_text() == "campaign: mine\n"


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    """A name that is none, a template that does not exist; what was probably meant is said."""
    result = run("Autumn Thanks", "--template", "welcome", "--in", tmp_path)
    assert result.exit_code == 2
    assert "autumn-thanks" in re.sub(r"\W+", "-", result.stderr)
    with pytest.raises(NoSuchTemplateError, match="Did you mean welcome"):
        run("x", "--template", "welcom", "--in", tmp_path)


def test_what_belongs_to_a_template_comes_with_it(tmp_path: Path) -> None:
    """The schema of its event, and its tests, which pass under the new name."""
    run("ours", "--template", "review-thanks", "--in", tmp_path)
    assert sorted(path.name for path in (tmp_path / "events").iterdir()) == ["review_written.json"]
    tests = (tmp_path / "ours.test.yaml").read_text("utf-8")
    assert "tests: ours\n" in tests
    assert "review-thanks" not in tests
    assert CliRunner().invoke(app, ["test", str(tmp_path)]).exit_code == 0


def test_a_campaign_that_it_names_is_asked_for(tmp_path: Path) -> None:
    """Until it is there."""
    told = run("ours", "--template", "last-days", "--in", tmp_path).stdout
    assert "It expects the campaign review-thanks beside it: `punchcard init review-thanks" in told
    run("review-thanks", "--template", "review-thanks", "--in", tmp_path)
    assert "It expects" not in run("theirs", "--template", "last-days", "--in", tmp_path).stdout

"""`punchcard init` as a person and a script meet it."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from typer.testing import CliRunner, Result

from punchcard.authoring.formatting.layout import formatted
from punchcard.authoring.gallery import NoSuchTemplateError, Template, gallery, programme
from punchcard.authoring.needing import parts, text_with
from punchcard.authoring.schema.documents import text_of
from punchcard.cli.beginning import CampaignExistsError
from punchcard.cli.fitting import TemplateUnfit
from punchcard.cli.main import app
from punchcard.cli.programme import beside
from punchcard.cli.testing import surroundings
from punchcard.language.files import load
from punchcard.trial.files import run as run_tests
from punchcard.trial.memory import Memory

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


SHOPS = {
    "german": "owner: laden@laden.example\ncurrency: EUR\ntimezone: Europe/Berlin\nlanguage: de\n",
    "euros": "currency: EUR\nlanguage: en\n",
    "french": "currency: CHF\ntimezone: Europe/Zurich\nlanguage: fr\n",
}


# One shop each, in turn: all of them with all would say no more.
FITTED = [(each.name, tuple(SHOPS)[number % len(SHOPS)]) for number, each in enumerate(TEMPLATES)]


@pytest.mark.parametrize(("template", "shop"), FITTED)
def test_a_campaign_fits_its_shop(tmp_path: Path, template: str, shop: str) -> None:
    """No key that the programme gives, one language, its currency; it checks and its tests pass."""
    (tmp_path / "programme.yaml").write_text(SHOPS[shop] + _needed(), "utf-8")
    for name in dict.fromkeys(("ours", *_named(run("ours", "--template", template, "--in", tmp_path)))):
        if name != "ours":
            run(name, "--template", name, "--in", tmp_path)
    path = tmp_path / "ours.yaml"
    found = beside([path])
    checked = load(path).check(found.programme)
    assert checked.plan is not None
    assert checked.diagnostics == ()
    assert checked.plan.currency == found.programme.currency
    spoken = "en" if shop == "french" else found.programme.language
    assert {text.language for message in checked.plan.messages for text in message.texts} <= {spoken}
    written = path.read_text("utf-8")
    assert "USD" not in written
    assert "$" not in written.replace("$schema", "")
    assert not re.search(r"^(currency|timezone|owner):", written if shop == "german" else "", re.MULTILINE)
    tests = path.with_name("ours.test.yaml")
    assert run_tests(tests, surroundings([tests]), Memory()).passed


def _needed() -> str:
    """Return what the templates' own programme has besides."""
    return text_with(programme(), parts(programme()), shared=False)


def _named(result: Result) -> list[str]:
    return re.findall(r"`punchcard init (\S+) --template", result.stdout)


def test_what_the_programme_lacks_is_asked_for(tmp_path: Path) -> None:
    """With the lines to add, and nothing is written; with them it goes."""
    shop = tmp_path / "programme.yaml"
    shop.write_text(SHOPS["german"])
    with pytest.raises(TemplateUnfit) as refused:
        run("ours", "--template", "parcel-gift", "--in", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["programme.yaml"]
    lines = (refused.value.remedy or "").partition("\n\n")[2]
    assert "roles:" in lines
    assert "segments:" not in lines
    shop.write_text(SHOPS["german"] + dedent(lines))
    run("ours", "--template", "parcel-gift", "--in", tmp_path)
    assert (tmp_path / "ours.yaml").exists()


def test_without_a_programme_only_what_is_needed_is_written(tmp_path: Path) -> None:
    """Nothing where the campaign says all itself; else no segment and role that it does not name."""
    run("ours", "--template", "tenth-cd", "--in", tmp_path)
    assert not (tmp_path / "programme.yaml").exists()
    run("theirs", "--template", "parcel-gift", "--in", tmp_path)
    written = (tmp_path / "programme.yaml").read_text("utf-8")
    assert "service: [sam, nina]" in written
    assert "segments:" not in written
    assert "currency:" not in (tmp_path / "theirs.yaml").read_text("utf-8")


def test_languages_can_be_chosen(tmp_path: Path) -> None:
    """The first is the campaign's own, the others lie beside it; what the gallery does not speak is said."""
    run("ours", "--template", "welcome", "--language", "de", "--language", "en", "--in", tmp_path)
    assert "language: de\n" in (tmp_path / "ours.yaml").read_text("utf-8")
    assert {path.name.split(".", 1)[1] for path in (tmp_path / "messages" / "ours").iterdir()} == {"en.md"}
    (tmp_path / "programme.yaml").write_text("language: fr\n")
    told = run("theirs", "--template", "welcome", "--in", tmp_path).stdout
    assert "welcome has no words in fr: the messages are in English, for you to change." in told
    assert "language: en\n" in (tmp_path / "theirs.yaml").read_text("utf-8")


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
    assert not (tmp_path / "messages").exists()
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

"""`punchcard preview` as a person meets it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.main import app
from punchcard.cli.preview import NothingToPreview
from punchcard.language.files import campaigns
from punchcard.shipped import shipped

SAVE = shipped("definitions") / "spend-and-save.yaml"


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, ["preview", *map(str, arguments)], catch_exceptions=False)


def test_a_message_is_shown_as_a_customer_gets_it() -> None:
    """Its subject, its text and what stands below it."""
    text = run(SAVE, "you-earned-it").stdout
    assert text.startswith("you-earned-it (en, marketing)\nSubject: Your 20% is here, Alex\n\n")
    assert "NX7K-4GTP-W9CR" in text
    assert "Unsubscribe: https://shop.example/" in text


def test_in_another_language_and_for_another_customer() -> None:
    """What is said of the customer is put over what is made up."""
    text = run(SAVE, "you-earned-it", "--language", "de", "--customer", "first_name=Ben").stdout
    assert "Subject: Ihre 20 % sind da, Ben" in text


def test_all_messages_are_shown_one_after_the_other() -> None:
    """In the order of the campaign."""
    text = run(SAVE).stdout
    assert text.index("you-earned-it (en") < text.index("redeem-reminder (en") < text.index("how-was-it (en")


@pytest.mark.parametrize("path", tuple(campaigns(shipped("definitions"))), ids=lambda path: path.stem)
def test_every_shipped_campaign_can_be_shown(path: Path) -> None:
    """Whatever a template names has a value that its filters can show."""
    assert run(path).exit_code == 0
    assert run(path, "--language", "de").exit_code == 0


def test_a_birthday_is_that_of_the_customer() -> None:
    """The code's end with it; what is no day is refused."""
    week = shipped("definitions") / "birthday-week.yaml"
    assert (
        "It is good until May 8, "
        in run(week, "your-week-begins", "--customer", "birthday=1990-05-04").stdout
    )
    assert run(week, "--customer", "birthday=tomorrow").exit_code == 2


def test_a_browser_gets_html(tmp_path: Path) -> None:
    """One message, in one file."""
    page = tmp_path / "mail.html"
    assert run(SAVE, "you-earned-it", "--html", page).stdout == f"wrote {page}\n"
    assert "NX7K-4GTP-W9CR" in page.read_text("utf-8")
    assert run(SAVE, "--html", page).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("you-earned",), "Did you mean you-earned-it"),
        (("you-earned-it", "--language", "fr"), "no words in fr"),
    ],
)
def test_what_is_not_there_is_told(arguments: tuple[str, ...], said: str) -> None:
    """With what there is."""
    with pytest.raises(NothingToPreview, match=said):
        run(SAVE, *arguments)


def test_what_is_known_of_a_customer_is_a_name_with_a_value() -> None:
    """Anything else is a mistake of the command line."""
    assert run(SAVE, "you-earned-it", "--customer", "Ben").exit_code == 2

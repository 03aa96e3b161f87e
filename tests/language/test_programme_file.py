"""The programme's file: read like a campaign, and never an exception."""

import pytest

from punchcard.language import Programme, check_programme


def test_an_empty_file_is_a_programme_of_defaults() -> None:
    """Every key may be left out."""
    assert check_programme("").programme == Programme()
    assert check_programme("# nothing yet\n").programme == Programme()


def test_what_it_says_is_taken_over() -> None:
    """Each key has its place."""
    text = (
        "owner: a@shop.example\ncurrency: CHF\ntimezone: Europe/Zurich\nlanguage: de\n"
        "customer_fields: {joined_on: date}\n"
    )
    found = check_programme(text)
    assert found.diagnostics == ()
    assert found.programme == Programme("CHF", "Europe/Zurich", "de", "a@shop.example", {"joined_on": "date"})


@pytest.mark.parametrize(
    "text", ["- a\n", "a\n", "customer_fields: 3\n", "customer_fields: {A: text}\n", "a: [\n"]
)
def test_what_is_no_programme_is_said_at_its_place(text: str) -> None:
    """One diagnostic at least, inside the file."""
    found = check_programme(text)
    assert found.programme is None
    assert found.diagnostics
    assert all(each.line <= 2 for each in found.diagnostics)

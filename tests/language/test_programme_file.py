"""The programme's file: read like a campaign, and never an exception."""

import pytest

from punchcard.language import Programme, check_programme
from punchcard.plan.model import Contact, Limit, QuietHours, WorkingTime


def test_an_empty_file_is_a_programme_of_defaults() -> None:
    """Every key may be left out."""
    assert check_programme("").programme == Programme()
    assert check_programme("# nothing yet\n").programme == Programme()


def test_what_it_says_is_taken_over() -> None:
    """Each key has its place."""
    text = (
        "owner: a@shop.example\ncurrency: CHF\ntimezone: Europe/Zurich\nlanguage: de\n"
        "customer_fields: {joined_on: date}\norder_fields: {channel: text}\n"
    )
    found = check_programme(text)
    assert found.diagnostics == ()
    assert found.programme == Programme(
        "CHF",
        "Europe/Zurich",
        "de",
        "a@shop.example",
        customer_fields={"joined_on": "date"},
        order_fields={"channel": "text"},
    )


def test_how_often_and_when_customers_are_written_to() -> None:
    """Quiet hours may pass midnight; one cap needs no list."""
    found = check_programme("quiet_hours: 21:00..8:30\ncaps: 3 per week\n").programme
    assert found is not None
    assert found.contact == Contact(QuietHours(21 * 60, 8 * 60 + 30), (Limit(3, period="week"),))
    found = check_programme("caps: [1 per day, 3 in any 7 days]\n").programme
    assert found is not None
    assert found.contact == Contact(None, (Limit(1, period="day"), Limit(3, rolling=7 * 24 * 3600 * 1000)))


def test_when_the_shop_works() -> None:
    """Weekdays from one to another, hours, and days without work; what is left out has its default."""
    text = "calendar: {days: sunday..thursday, hours: 8:30..16:00, holidays: [2026-11-26, 12-25]}\n"
    found = check_programme(text).programme
    assert found is not None
    assert found.calendar == WorkingTime("UTC", (0, 1, 2, 3, 6), 510, 960, ("2026-11-26", "12-25"))
    found = check_programme("calendar: {days: [monday, thursday]}\n").programme
    assert found is not None
    assert found.calendar == WorkingTime("UTC", (0, 3))


@pytest.mark.parametrize(
    "text", ["- a\n", "a\n", "customer_fields: 3\n", "customer_fields: {A: text}\n", "a: [\n"]
)
def test_what_is_no_programme_is_said_at_its_place(text: str) -> None:
    """One diagnostic at least, inside the file."""
    found = check_programme(text)
    assert found.programme is None
    assert found.diagnostics
    assert all(each.line <= 2 for each in found.diagnostics)

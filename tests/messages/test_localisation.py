"""How values look in a customer's language and zone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from punchcard.messages.localisation import localisation
from punchcard.messages.mistake import RenderFailure
from punchcard.messages.money import Money

MIDNIGHT = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
DOLLARS = Money(Decimal("1500.00"), "USD")


def seen(text: str) -> str:
    """The text with plain spaces, whatever kind of space the language prefers."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "zone", "day", "moment", "money"),
    [
        ("en", "America/New_York", "May 4, 2026", "May 4, 2026, 6:30 PM", "$1,500.00"),
        ("en-GB", "Europe/London", "4 May 2026", "4 May 2026, 23:30", "US$1,500.00"),
        ("de", "Europe/Berlin", "5. Mai 2026", "5. Mai 2026, 00:30", "1.500,00 $"),
        ("de_AT", "Europe/Vienna", "5. Mai 2026", "5. Mai 2026, 00:30", "$ 1.500,00"),
        ("ja", "Asia/Tokyo", "2026年5月5日", "2026年5月5日 7:30", "$1,500.00"),
        ("tlh", "UTC", "May 4, 2026", "May 4, 2026, 10:30 PM", "$1,500.00"),
    ],
)
def test_each_language_and_zone_has_its_way(
    language: str, zone: str, day: str, moment: str, money: str
) -> None:
    """The customer's clock decides the day; an unknown language reads English."""
    show = localisation(language, zone)
    assert seen(show.day(MIDNIGHT)) == day
    assert seen(show.moment(MIDNIGHT)) == moment
    assert seen(show.money(DOLLARS)) == money


@pytest.mark.parametrize(
    ("money", "short"),
    [
        (DOLLARS, "$1,500"),
        (Money(Decimal("12.50"), "USD"), "$12.50"),
        (Money(Decimal("1000"), "JPY"), "¥1,000"),
        (Money(Decimal("-5.00"), "EUR"), "-€5"),
    ],
)
def test_short_money_leaves_out_zero_cents(money: Money, short: str) -> None:
    """`short` drops what says nothing."""
    assert localisation("en", "UTC").money(money, "short") == short


def test_short_money_in_other_languages() -> None:
    """Where the currency follows the number, it still does."""
    assert seen(localisation("de", "UTC").money(DOLLARS, "short")) == "1.500 $"


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        ("text", "text", "text"),
        (True, "yes", "ja"),
        (1234, "1234", "1234"),
        (Decimal("1234.5"), "1,234.5", "1.234,5"),
        (date(2026, 5, 4), "May 4, 2026", "4. Mai 2026"),
        (DOLLARS, "$1,500.00", "1.500,00 $"),
    ],
)
def test_values_without_a_filter(value: object, english: str, german: str) -> None:
    """Every kind of value has a way to be printed."""
    assert seen(localisation("en", "UTC").plain(value)) == english
    assert seen(localisation("de", "UTC").plain(value)) == german


def test_numbers_as_exact_as_asked() -> None:
    """Without `decimals` nothing is rounded away."""
    show = localisation("en", "UTC")
    assert show.number(Decimal("1234.5678")) == "1,234.5678"
    assert show.number(Decimal("1234.5678"), 2) == "1,234.57"
    assert show.number(1234, 0) == "1,234"


@pytest.mark.parametrize(
    ("share", "english", "german"), [("0.2", "20%", "20 %"), ("0.125", "12.5%", "12,5 %")]
)
def test_shares(share: str, english: str, german: str) -> None:
    """As exact as the share is."""
    assert seen(localisation("en", "UTC").percent(Decimal(share))) == english
    assert seen(localisation("de", "UTC").percent(Decimal(share))) == german


def test_what_has_no_zone_is_refused() -> None:
    """A naive time and an unknown zone are the caller's mistakes."""
    with pytest.raises(RenderFailure, match="no time zone"):
        localisation("en", "UTC").day(datetime(2026, 5, 4))  # noqa: DTZ001
    with pytest.raises(RenderFailure, match="Europe/Berlin"):
        localisation("en", "Mars/Olympus")

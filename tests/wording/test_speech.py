"""Dates, spans, numbers and money as a viewer reads them."""

from __future__ import annotations

from tests.wording.speech import ENGLISH, GERMAN

INSTANT = 1_795_521_900_000  # 24 November 2026, 11:25 UTC
DAY = 24 * 3600 * 1000


def _plain(text: object) -> str:
    return str(text).replace("\xa0", " ").replace("\u202f", " ")


def test_instants_are_those_of_the_viewers_clock() -> None:
    """The same instant reads differently in New York and in Berlin."""
    assert _plain(ENGLISH.moment(INSTANT)) == "Nov 24, 2026, 7:05 AM"
    assert _plain(GERMAN.moment(INSTANT)) == "24.11.2026, 13:05"
    assert _plain(ENGLISH.in_zone("Asia/Tokyo").moment(INSTANT)) == "Nov 24, 2026, 9:05 PM"


def test_an_instant_on_a_page_says_itself_exactly() -> None:
    """The element carries the instant for machines, and seconds and zone for whoever points at it."""
    element = GERMAN.when(INSTANT)
    assert 'datetime="2026-11-24T13:05:00+01:00"' in element
    assert "title=" in element


def test_spans_are_said_in_the_units_that_are_exact() -> None:
    """Seven days are not a week, and ninety minutes not one and a half hours."""
    assert ENGLISH.span(7 * DAY) == "7 days"
    assert ENGLISH.span(90 * 60 * 1000) == "1 hour, 30 minutes"
    assert GERMAN.span(DAY) == "1 Tag"
    assert ENGLISH.span(0) == "0 minutes"
    assert ENGLISH.months(12) == "1 year"
    assert GERMAN.months(6) == "6 Monate"


def test_money_leaves_out_cents_that_are_zero() -> None:
    """Round amounts are short, others exact, and currencies without cents have none."""
    assert _plain(ENGLISH.money(50_000, "USD")) == "$500"
    assert _plain(ENGLISH.money(1_250, "USD")) == "$12.50"
    assert _plain(GERMAN.money(123_450, "EUR")) == "1.234,50 €"
    assert _plain(ENGLISH.money(500, "JPY")) == "¥500"


def test_shares_and_rates() -> None:
    """Basis points are exact, rates are rounded, and nothing divided by nothing is a dash."""
    assert _plain(GERMAN.share(1250)) == "12,5 %"
    assert _plain(ENGLISH.rate(2, 3)) == "67%"
    assert ENGLISH.rate(0, 0) == "–"


def test_what_is_filled_into_a_sentence_is_escaped() -> None:
    """A customer's id may hold anything, and nothing of it becomes markup."""
    assert ENGLISH.say("Hello %(name)s", name="<script>") == "Hello &lt;script&gt;"


def test_alternatives_are_joined_as_the_language_does() -> None:
    """Two events that a wait names are read as one or the other."""
    assert ENGLISH.either(["a", "b"]) == "a or b"
    assert GERMAN.either(["a", "b"]) == "a oder b"
    assert ENGLISH.either([]) == ""
    assert ENGLISH.both([]) == ""

"""Amounts are read as shops of several countries write them, and never guessed wrongly in silence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punchcard.importing.amounts import Mark, find_mark, read_amount, write_amount
from punchcard.importing.errors import UnreadableError, UnusableFileError


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("12", Mark.POINT, "12"),
        ("$1,234.50", Mark.POINT, "1234.50"),
        ("USD 12.5", Mark.POINT, "12.5"),
        (".99", Mark.POINT, "0.99"),
        ("1'234.50 CHF", Mark.POINT, "1234.50"),
        ("12,50 €", Mark.COMMA, "12.50"),
        ("1.234,5", Mark.COMMA, "1234.5"),
        ("1 234,50", Mark.COMMA, "1234.50"),
        ("-3.00", Mark.POINT, "-3.00"),
        ("(3.00)", Mark.POINT, "-3.00"),
        ("3,00-", Mark.COMMA, "-3.00"),
        ("−3", Mark.COMMA, "-3"),
    ],
)
def test_amounts_are_read(text: str, mark: Mark, value: str) -> None:
    """Signs of currencies, groups of thousands and marks of less than nothing are understood."""
    assert read_amount(text, mark) == Decimal(value)


@pytest.mark.parametrize("text", ["", "free", ".", "1,2,3", "12,34.50", "1.2.3", "12.50.00", "5-3"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Digits in odd groups are a slip of the pen, not a number."""
    with pytest.raises(UnreadableError):
        read_amount(text, Mark.POINT)


def test_the_other_mark_is_named_as_the_remedy() -> None:
    """Where it would make the amount readable."""
    with pytest.raises(UnreadableError) as caught:
        read_amount("12,50", Mark.POINT)
    assert caught.value.remedy == "if its decimal mark is a comma, say --decimal comma"


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["12", "13"], Mark.POINT),
        (["1,234", "12.50"], Mark.POINT),
        (["1.234", "12,50"], Mark.COMMA),
        (["1,234.50"], Mark.POINT),
        (["1.234.567"], Mark.COMMA),
    ],
)
def test_the_mark_is_found_where_one_amount_shows_it(texts: list[str], mark: Mark) -> None:
    """One row that can be read in one way alone settles the others."""
    assert find_mark(texts) is mark


@pytest.mark.parametrize("texts", [["1,234", "2,500"], ["12.50", "12,50"]])
def test_a_mark_that_could_be_either_is_asked_for(texts: list[str]) -> None:
    """A factor of a thousand is not guessed."""
    with pytest.raises(UnusableFileError, match="--decimal point or --decimal comma"):
        find_mark(texts)


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_what_is_written_is_read_back(amount: Decimal) -> None:
    """No digit is lost between the file and the event."""
    assert read_amount(write_amount(amount), Mark.POINT) == amount

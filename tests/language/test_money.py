"""Amounts and shares as text."""

import pytest

from punchcard.language.money import amount, share
from punchcard.language.unfit import Unfit


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("500", "USD", 50_000),
        ("12.50", "USD", 1_250),
        ("12.5", "USD", 1_250),
        ("500 USD", "USD", 50_000),
        ("0.01", "EUR", 1),
        ("1000", "JPY", 1_000),
        ("1.234", "KWD", 1_234),
        ("0", "USD", 0),
    ],
)
def test_an_amount_is_read_in_minor_units(text: str, currency: str, minor: int) -> None:
    """Each currency has its own number of decimals."""
    assert amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "code", "suggestion"),
    [
        ("1,000", "USD", "PC1204", "1000"),
        ("1'000.50", "CHF", "PC1204", "1000.50"),
        ("1.000,50", "EUR", "PC1204", "1000.50"),
        ("2,50", "EUR", "PC1204", "2.50"),
        ("$500", "USD", "PC1204", "500"),
        ("$500", "EUR", "PC1204", None),
        ("12.505", "USD", "PC1204", None),
        ("1.5", "JPY", "PC1204", None),
        ("-5", "USD", "PC1204", None),
        ("500 EUR", "USD", "PC1206", None),
        ("500 XQX", "USD", "PC1206", None),
        ("1" * 13, "USD", "PC1204", None),
        ("٥٠٠", "USD", "PC1204", None),
    ],
)
def test_what_is_no_amount_is_refused(text: str, currency: str, code: str, suggestion: str | None) -> None:
    """Separators, signs, other currencies and other digits are answered with what was meant."""
    found = amount(text, currency)
    assert isinstance(found, Unfit)
    assert (found.code, found.suggestion) == (code, suggestion)


@pytest.mark.parametrize(("text", "points"), [("20%", 2000), ("7.5%", 750), ("0.01 %", 1), ("100%", 10_000)])
def test_a_share_is_read_in_basis_points(text: str, points: int) -> None:
    """20% is 2000."""
    assert share(text) == points


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("20", "20%"), ("20 percent", "20%"), ("101%", None), ("a fifth", None), ("7.555%", None)],
)
def test_what_is_no_share_is_refused(text: str, suggestion: str | None) -> None:
    """A number without its sign is guessed, more than everything is not."""
    found = share(text)
    assert isinstance(found, Unfit)
    assert found.suggestion == suggestion

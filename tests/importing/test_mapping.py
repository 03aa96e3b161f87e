"""Columns are found by what shops call them; what a person states counts more."""

import pytest

from punchcard.importing.errors import UnusableFileError
from punchcard.importing.fields import FIELDS, Kind, plain
from punchcard.importing.mapping import map_columns


def test_headers_of_well_known_exports_are_guessed() -> None:
    """Spelling, spaces and capitals do not matter."""
    found = map_columns(
        Kind.ORDERS, ["Order ID", "customer_id", "Order Date", "TOTAL", "Currency", "Note"], []
    )
    assert dict(found.columns) == {"order": 0, "customer": 1, "date": 2, "amount": 3, "currency": 4}
    assert set(found.guessed) == set(found.columns)


def test_german_headers_are_guessed() -> None:
    """As German shops call them."""
    found = map_columns(
        Kind.ORDERS, ["Bestellnummer", "Kundennummer", "Bestelldatum", "Betrag", "Währung"], []
    )
    assert dict(found.columns) == {"order": 0, "customer": 1, "date": 2, "amount": 3, "currency": 4}


def test_goods_are_preferred_to_the_total_with_shipping() -> None:
    """What qualifies is what was paid for goods."""
    found = map_columns(Kind.ORDERS, ["customer", "date", "total", "subtotal"], [])
    assert found.columns["amount"] == 3


def test_what_is_stated_is_not_guessed() -> None:
    """A stated column belongs to its field alone."""
    found = map_columns(Kind.ORDERS, ["customer", "cust2", "date", "total"], ["customer=CUST2"])
    assert found.columns["customer"] == 1
    assert "customer" not in found.guessed


def test_lines_have_a_unit_price_and_orders_an_amount() -> None:
    """Where a file has both, its rows decide which of them says what a row is worth."""
    headers = ["order", "customer", "date", "total", "Lineitem price", "Lineitem quantity"]
    assert "price" not in map_columns(Kind.ORDERS, headers, [])
    lines = map_columns(Kind.ORDERS, headers, [], lines=True)
    assert "amount" not in lines
    assert (lines.columns["price"], lines.columns["quantity"]) == (4, 5)


def test_one_column_can_be_id_and_address() -> None:
    """Many shops know their customers by e-mail address."""
    found = map_columns(Kind.PROFILES, ["Email", "First Name"], [])
    assert found.columns["customer"] == found.columns["email"] == 0


def test_attributes_are_mapped_by_their_name() -> None:
    """Whatever else a shop knows becomes an attribute."""
    found = map_columns(Kind.PROFILES, ["id", "Shoe size"], ["attribute.shoe_size=Shoe size"])
    assert found.attributes() == {"shoe_size": 1}


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("customer", "--map customer names no column"),
        ("custommer=A", "no field 'custommer'. Did you mean 'customer'?"),
        ("customer=CUSTOMERID", "no column 'CUSTOMERID'. Did you mean 'CUSTOMER_ID'?"),
        ("attribute.Size=A", "'attribute.Size' cannot be an attribute's name"),
        ("shoe=CUSTOMER_ID", "They have order, customer"),
    ],
)
def test_a_wrong_statement_says_what_was_probably_meant(stated: str, message: str) -> None:
    """Fields and columns that do not exist are refused with the nearest that does."""
    with pytest.raises(UnusableFileError) as caught:
        map_columns(Kind.ORDERS, ["CUSTOMER_ID", "A", "B"], [stated])
    assert message in str(caught.value)


def test_a_field_that_nothing_says_is_asked_for() -> None:
    """The message names the field, its option and the columns that there are."""
    with pytest.raises(UnusableFileError) as caught:
        map_columns(Kind.ORDERS, ["who", "date", "total"], [])
    assert str(caught.value) == (
        "No column says the customer's id (customer). "
        "Name it: --map customer=COLUMN; the columns are who, date, total."
    )


def test_an_amount_or_a_price_is_needed_and_not_both() -> None:
    """Otherwise nobody knows what a row is worth."""
    with pytest.raises(UnusableFileError, match="No column says what was paid"):
        map_columns(Kind.ORDERS, ["customer", "date"], [])
    with pytest.raises(UnusableFileError, match="Both an amount and a unit price"):
        map_columns(Kind.ORDERS, ["customer", "date", "a", "b"], ["amount=a", "price=b"])


def test_known_headers_are_written_plainly() -> None:
    """Else they would never be found."""
    headers = [header for fields in FIELDS.values() for field in fields for header in field.headers]
    assert [header for header in headers if plain(header) != header] == []

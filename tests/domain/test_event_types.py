"""Data of events against the schema of their type."""

from typing import Any

import pytest

from punchcard.domain.database import Database, dump
from punchcard.domain.event_types import NO_MONEY, Registered, SchemaRefused, register
from punchcard.domain.json_schemas import fields_of

SCHEMA = {
    "type": "object",
    "properties": {"items": {"type": "integer"}, "value": {"$ref": "urn:punchcard:money"}},
    "required": ["value"],
}
CART = Registered("cart_left", 1, dump(SCHEMA))
FIT = {"amount": "90.00", "currency": "USD"}


def test_a_field_that_refers_to_money_is_money() -> None:
    """In the words that campaigns are checked with."""
    assert fields_of(SCHEMA) == {"items": "whole", "value": "money"}


@pytest.mark.parametrize(
    ("data", "mistakes"),
    [
        ({"value": FIT}, []),
        ({"value": FIT, "items": "two"}, [(".items", "'two' is not of type 'integer'")]),
        ({"items": 2}, [("", "'value' is a required property")]),
        ({"value": 90}, [(".value", NO_MONEY)]),
        ({"value": "90.00 USD"}, [(".value", NO_MONEY)]),
        ({"value": {**FIT, "amount": 90}}, [(".value", NO_MONEY)]),
        ({"value": {"amount": 90, "money": "USD"}}, [(".value", NO_MONEY)]),
        ({"value": {**FIT, "amount": "-1"}}, [(".value", NO_MONEY)]),
        (
            {"value": {**FIT, "amount": "9.999"}},
            [(".value", "9.999 has more than the 2 decimal places of USD")],
        ),
    ],
)
def test_money_is_written_as_the_api_writes_it(data: dict[str, Any], mistakes: list[tuple[str, str]]) -> None:
    """One mistake a field, and it says how money is written."""
    assert list(CART.mistakes(data)) == mistakes


def test_a_currency_that_there_is_not_is_told() -> None:
    """Three capitals are not enough."""
    ((path, message),) = CART.mistakes({"value": {**FIT, "currency": "XYZ"}})
    assert path == ".value"
    assert "is not a currency" in message


def test_a_schema_is_refused_each_time(database: Database) -> None:
    """Also one that was refused before, and one that is too deep to be written down."""
    deep: dict[str, Any] = {}
    for _ in range(5_000):
        deep = {"not": deep}
    for schema in ({"type": "amount"}, {"type": "amount"}, deep):
        with database.begin() as connection, pytest.raises(SchemaRefused, match="is not taken"):
            register(connection, "review", schema, 0)

"""Rows that are orders become `order` events."""

from pathlib import Path

from tests.importing.reading_of import events_of, records_of

HEADER = "order,customer,date,total,currency,status\n"


def test_a_row_is_an_order(tmp_path: Path) -> None:
    """Every field that the file has, in the wire format of events."""
    (event,) = events_of(tmp_path, HEADER + "o-1,C-17,2026-05-04 10:00,500.00,usd,Fulfilled\n")
    assert event == {
        "id": "o-1",
        "type": "order",
        "customer": "C-17",
        "occurred_at": "2026-05-04T10:00:00+00:00",
        "data": {"amount": {"amount": "500.00", "currency": "USD"}, "status": "delivered"},
    }


def test_a_unit_price_is_taken_times_the_quantity(tmp_path: Path) -> None:
    """Where no column says what the row is worth."""
    (event,) = events_of(tmp_path, "customer,date,price,qty\nC-1,2026-05-04,12.50,3\n", currency="USD")
    assert event["data"]["amount"] == {"amount": "37.50", "currency": "USD"}


def test_orders_without_an_id_get_one_from_their_content(tmp_path: Path) -> None:
    """The same rows in any order have the same ids, and two equal rows are two orders."""
    rows = ["C-1,2026-05-04,5\n", "C-1,2026-05-04,5\n", "C-2,2026-05-04,5\n"]
    first, second = (
        {
            event["id"]
            for event in events_of(tmp_path, "customer,date,total\n" + "".join(text), currency="USD")
        }
        for text in (rows, rows[::-1])
    )
    assert first == second
    assert len(first) == 3


def test_every_mistake_of_a_row_is_shown(tmp_path: Path) -> None:
    """Under the file's own headers, with the remedy."""
    text = HEADER + "o-0,C-0,2026-05-04,1.00,USD,paid\n,,soon,none,,lost\n"
    mistakes = records_of(tmp_path, text)[1].mistakes
    assert [(mistake.column, mistake.reason) for mistake in mistakes] == [
        ("order", "is empty"),
        ("total", "'none' is not an amount with a decimal point"),
        ("currency", "no currency is named"),
        ("status", "'lost' is no order's status"),
        ("customer", "is empty"),
        ("date", "'soon' is not in the date format iso"),
    ]
    assert all(mistake.remedy for mistake in mistakes)


def test_what_is_given_back_is_no_order(tmp_path: Path) -> None:
    """A negative amount is a refund, and the remedy says how to import it."""
    (record,) = records_of(tmp_path, HEADER + "o-1,C-1,2026-05-04,-5.00,USD,paid\n")
    assert [mistake.remedy for mistake in record.mistakes] == ["import what was given back as --kind refunds"]


def test_an_order_stands_in_one_row(tmp_path: Path) -> None:
    """The second row with its id is rejected, since it may be a line of it."""
    rows = "o-1,C-1,2026-05-04,5,USD,\no-1,C-1,2026-05-04,5,USD,\n"
    first, second = records_of(tmp_path, HEADER + rows)
    assert first.event
    assert [mistake.remedy for mistake in second.mistakes] == [
        "if these are lines of one order, say --sum-lines"
    ]


def test_other_columns_can_be_attributes(tmp_path: Path) -> None:
    """By a name that campaigns can use; an empty cell is no attribute."""
    text = "customer,date,total,Shop\nC-1,2026-05-04,5,Berlin\nC-1,2026-05-05,5,\n"
    first, second = events_of(tmp_path, text, currency="EUR", maps=("attribute.shop=Shop",))
    assert first["data"]["attributes"] == {"shop": "Berlin"}
    assert "attributes" not in second["data"]

"""Rows that are lines of orders are added up, wherever they stand."""

from pathlib import Path

from tests.importing.reading_of import events_of, records_of

HEADER = "order,customer,date,price,qty,sku\n"


def test_lines_are_summed_into_their_order(tmp_path: Path) -> None:
    """Orders come in the sequence of their first lines, and keep their lines for refunds by line."""
    text = HEADER + "o-1,C-1,2026-05-04,10,2,A\no-2,C-2,2026-05-04,1,1,B\no-1,C-1,2026-05-04,2.50,1,C\n"
    first, second = events_of(tmp_path, text, currency="EUR", lines=True)
    assert (first["id"], second["id"]) == ("o-1", "o-2")
    assert first["data"] == {
        "amount": {"amount": "22.50", "currency": "EUR"},
        "lines": [
            {"id": "1", "quantity": 2, "amount": {"amount": "20", "currency": "EUR"}, "sku": "A"},
            {"id": "2", "quantity": 1, "amount": {"amount": "2.50", "currency": "EUR"}, "sku": "C"},
        ],
    }


def test_what_concerns_the_order_may_stand_in_its_first_line_alone(tmp_path: Path) -> None:
    """As some shop systems export it."""
    text = HEADER + "o-1,C-1,2026-05-04,10,1,A\no-1,,,5,1,B\n"
    (event,) = events_of(tmp_path, text, currency="EUR", lines=True)
    assert (event["customer"], event["data"]["amount"]["amount"]) == ("C-1", "15")


def test_a_line_that_takes_something_off_lowers_the_sum(tmp_path: Path) -> None:
    """Such an order has no lines that could be refunded one by one."""
    text = "order,customer,date,total\no-1,C-1,2026-05-04,10.00\no-1,C-1,2026-05-04,-2.00\n"
    (event,) = events_of(tmp_path, text, currency="EUR", lines=True)
    assert event["data"] == {"amount": {"amount": "8.00", "currency": "EUR"}}


def test_lines_of_one_order_that_disagree_are_rejected_together(tmp_path: Path) -> None:
    """An order has one customer."""
    text = HEADER + "o-1,C-1,2026-05-04,10,1,A\no-1,C-2,2026-05-04,5,1,B\n"
    (record,) = records_of(tmp_path, text, currency="EUR", lines=True)
    assert [row.line for row in record.rows] == [2, 3]
    assert [mistake.reason for mistake in record.mistakes] == [
        "one order says C-1 in line 2 and C-2 in line 3"
    ]


def test_one_bad_line_rejects_its_order(tmp_path: Path) -> None:
    """Half an order would count for too little and could not be completed later."""
    text = HEADER + "o-1,C-1,2026-05-04,10,1,A\no-1,C-1,2026-05-04,,1,B\n,C-1,2026-05-04,1,1,C\n"
    nameless, order = records_of(tmp_path, text, currency="EUR", lines=True)
    assert [str(mistake) for mistake in nameless.mistakes] == ["order: is empty (fill it in)"]
    assert order.event is None
    assert [str(mistake) for mistake in order.mistakes] == ["price: is empty (fill in the price)"]

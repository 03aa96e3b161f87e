"""Rows that are refunds become `refund` events."""

from pathlib import Path

from punchcard.importing.fields import Kind
from tests.importing.reading_of import events_of, records_of


def test_a_refund_names_its_order(tmp_path: Path) -> None:
    """Of an amount, however its sign is written, or whole where the amount is empty."""
    text = "refund,order,date,amount\nr-1,o-1,2026-05-04,-12.50\nr-2,o-2,2026-05-05,\n"
    part, whole = events_of(tmp_path, text, kind=Kind.REFUNDS, currency="USD")
    assert part == {
        "id": "r-1",
        "type": "refund",
        "occurred_at": "2026-05-04T00:00:00+00:00",
        "data": {"order": "o-1", "amount": {"amount": "12.50", "currency": "USD"}},
    }
    assert whole["data"] == {"order": "o-2"}


def test_whole_refunds_need_no_currency(tmp_path: Path) -> None:
    """A file of order ids and dates is enough, and ids are made."""
    (event,) = events_of(tmp_path, "order,date\no-1,2026-05-04\n", kind=Kind.REFUNDS)
    assert event["id"].startswith("refund-row-")


def test_a_refund_of_nothing_known_is_rejected(tmp_path: Path) -> None:
    """Without its order it means nothing."""
    (record,) = records_of(tmp_path, "refund,order,date\nr-1,,2026-05-04\n", kind=Kind.REFUNDS)
    assert [str(mistake) for mistake in record.mistakes] == ["order: is empty (fill in the order)"]

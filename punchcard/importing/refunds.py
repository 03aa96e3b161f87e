"""Rows that are refunds, as `refund` events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from punchcard.importing.reading import Cells, Reading
from punchcard.importing.records import GeneratedIds, Record
from punchcard.importing.rows import Row


def read_refunds(rows: Iterable[Row], reading: Reading) -> Iterator[Record]:
    """Turn each row into a refund: of its amount, or of the whole order where the amount is empty."""
    ids = GeneratedIds("refund-row")
    for row in rows:
        cells = Cells(row, reading)
        refund = cells.needed("refund") if "refund" in reading.columns else ids.take(row.cells)
        data: dict[str, Any] = {"order": cells.needed("order")}
        amount = cells.decimal("amount")
        if amount is not None:
            # Some shops write what they give back as negative amounts; it can mean nothing else here.
            data["amount"] = cells.money("amount", abs(amount))
        event = {"id": refund, "type": "refund", "occurred_at": cells.dated(), "data": data}
        yield Record((row,), None if cells.mistakes else event, tuple(cells.mistakes))

"""Rows that are orders, as `order` events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from punchcard.importing.errors import Mistake, UnreadableError
from punchcard.importing.fields import plain
from punchcard.importing.reading import Cells, Reading
from punchcard.importing.records import GeneratedIds, Record
from punchcard.importing.rows import Row

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("placed", "open", "pending", "authorized", "new", "offen", "neu"), "placed"),
        **dict.fromkeys(("paid", "complete", "completed", "processing", "bezahlt", "abgeschlossen"), "paid"),
        **dict.fromkeys(("delivered", "shipped", "fulfilled", "geliefert", "versendet"), "delivered"),
        **dict.fromkeys(("cancelled", "canceled", "voided", "void", "storniert"), "cancelled"),
    }
)


def read_orders(rows: Iterable[Row], reading: Reading) -> Iterator[Record]:
    """Turn each row into an order; a row whose order's id came before is a mistake."""
    ids = GeneratedIds("row")
    seen: set[str] = set()
    for row in rows:
        cells = Cells(row, reading)
        order = cells.needed("order") if "order" in reading.columns else ids.take(row.cells)
        if order and order in seen:
            cells.mistakes.append(
                Mistake(
                    reading.header_of("order"),
                    f"order {order} stands in an earlier row too",
                    "if these are lines of one order, say --sum-lines",
                )
            )
        seen.add(order)
        amount = amount_of(cells)
        yield order_record(order, (row,), cells, Decimal(0) if amount is None else amount)


def amount_of(cells: Cells) -> Decimal | None:
    """Return what a row says was paid: its amount, or its unit price times its quantity."""
    for field in ("amount", "price"):
        if cells.has_column(field) and not cells.needed(field):
            return None
    amount = cells.decimal("amount")
    if amount is not None:
        return amount
    price, quantity = cells.decimal("price"), cells.decimal("quantity")
    return None if price is None else price * (1 if quantity is None else quantity)


def order_record(
    order: str,
    rows: tuple[Row, ...],
    cells: Cells,
    amount: Decimal,
    lines: list[dict[str, Any]] | None = None,
) -> Record:
    """Return an order's record from the cells that hold what concerns the whole order."""
    data: dict[str, Any] = {
        "amount": cells.money("amount" if cells.has_column("amount") else "price", amount)
    }
    status = cells.parsed("status", _status)
    attributes = cells.attributes()
    data |= {"status": status} if status else {}
    data |= {"lines": lines} if lines else {}
    data |= {"attributes": attributes} if attributes else {}
    event = {
        "id": order,
        "type": "order",
        "customer": cells.needed("customer"),
        "occurred_at": cells.dated(),
        "data": data,
    }
    return Record(rows, None if cells.mistakes else event, tuple(cells.mistakes))


def _status(text: str) -> str:
    if found := STATUSES.get(plain(text)):
        return found
    raise UnreadableError(f"{text!r} is no order's status", "write placed, paid, delivered or cancelled")

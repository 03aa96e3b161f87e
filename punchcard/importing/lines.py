"""Rows that are lines of orders, added up: one `order` event for all rows with the same order id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from punchcard.importing.amounts import write_amount
from punchcard.importing.errors import Mistake
from punchcard.importing.orders import amount_of, order_record
from punchcard.importing.reading import Cells, Reading
from punchcard.importing.records import Record
from punchcard.importing.rows import Row

_MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of an order; one that takes something off has a negative amount or quantity."""

    id: str
    sku: str
    quantity: Decimal
    amount: Decimal

    def is_goods(self) -> bool:
        return self.amount >= 0 and self.quantity >= 1 and self.quantity == int(self.quantity)

    def wire(self, currency: str) -> dict[str, Any]:
        line = {
            "id": self.id,
            "quantity": int(self.quantity),
            "amount": {"amount": write_amount(self.amount), "currency": currency},
        }
        return line | ({"sku": self.sku} if self.sku else {})


def sum_lines(rows: Iterable[Row], reading: Reading) -> Iterator[Record]:
    """Turn the rows of each order into one order, in the sequence in which the orders first appear.

    The rows of an order need not stand together, so the whole file is read before the first order is known.
    """
    orders: dict[str, list[Row]] = {}
    for row in rows:
        order = Cells(row, reading).text("order")
        if order:
            orders.setdefault(order, []).append(row)
        else:
            yield Record((row,), None, (Mistake(reading.header_of("order"), "is empty", "fill it in"),))
    for order, its_rows in orders.items():
        yield _summed(order, its_rows, reading)


def _summed(order: str, rows: list[Row], reading: Reading) -> Record:
    """Add up one order. What concerns all of it may stand in its first row alone, or in each."""
    head = Cells(_head(rows), reading)
    for field in ("customer", "currency", "status"):
        head.mistakes += _disagreement(field, rows, reading)
    lines: list[_Line] = []
    for number, row in enumerate(rows, 1):
        cells = Cells(row, reading)
        amount, quantity = amount_of(cells), cells.decimal("quantity")
        head.mistakes += [mistake for mistake in cells.mistakes if mistake not in head.mistakes]
        lines.append(
            _Line(
                id=cells.text("line") or str(number),
                sku=cells.text("sku"),
                quantity=Decimal(1) if quantity is None else quantity,
                amount=amount or Decimal(0),
            )
        )
    total = sum((line.amount for line in lines), Decimal(0))
    return order_record(
        order, tuple(rows), head, total, _kept(lines, head.text("currency") or reading.currency)
    )


def _kept(lines: list[_Line], currency: str | None) -> list[dict[str, Any]] | None:
    """Return the lines in wire format; None where the order can only carry their sum."""
    distinct = len({line.id for line in lines}) == len(lines)
    if len(lines) > _MOST_LINES or not distinct or not all(line.is_goods() for line in lines):
        return None
    return [line.wire((currency or "").upper()) for line in lines]


def _head(rows: list[Row]) -> Row:
    """Return a row that has in each column what the order's first row with a value there has."""
    width = max(len(row.cells) for row in rows)
    columns = ((row.cells[index] for row in rows if index < len(row.cells)) for index in range(width))
    return Row(rows[0].line, tuple(next((text for text in column if text), "") for column in columns))


def _disagreement(field: str, rows: list[Row], reading: Reading) -> list[Mistake]:
    """Return a mistake if the rows of one order say different things where they can only say one."""
    said = {text: row.line for row in reversed(rows) if (text := Cells(row, reading).text(field))}
    if len(said) < 2:
        return []
    places = " and ".join(
        f"{text} in line {line}" for text, line in sorted(said.items(), key=lambda i: i[1])[:2]
    )
    return [Mistake(reading.header_of(field), f"one order says {places}", "give each order an id of its own")]

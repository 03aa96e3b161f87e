"""How the values of one file are read: everything that was stated or found about it, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from punchcard.importing.amounts import Mark, read_amount, write_amount
from punchcard.importing.errors import Mistake, UnreadableError
from punchcard.importing.fields import Kind
from punchcard.importing.instants import InstantFormat
from punchcard.importing.layout import Layout
from punchcard.importing.mapping import ColumnMap
from punchcard.importing.rows import Row

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. `as_of` is the instant of rows that have no date of their own, in ISO 8601."""

    kind: Kind
    layout: Layout
    columns: ColumnMap
    instants: InstantFormat
    mark: Mark
    currency: str | None
    lines: bool
    as_of: str

    def header_of(self, field: str) -> str:
        """Return what the file calls the column of a field; nothing if it has none."""
        index = self.columns.columns.get(field)
        return "" if index is None else self.layout.columns[index]


class Cells:
    """The values of one row, by field; what cannot be read is collected in `mistakes`."""

    def __init__(self, row: Row, reading: Reading) -> None:
        """Read `row` as `reading` says."""
        self._row = row
        self._reading = reading
        self.mistakes: list[Mistake] = []

    def has_column(self, field: str) -> bool:
        """Return whether the file has a column for the field."""
        return field in self._reading.columns

    def text(self, field: str) -> str:
        """Return the field's text; empty if there is no such column or cell."""
        index = self._reading.columns.columns.get(field)
        return self._row.cells[index] if index is not None and index < len(self._row.cells) else ""

    def needed(self, field: str) -> str:
        """Return the field's text; a mistake if it is empty."""
        text = self.text(field)
        if not text:
            self.mistakes.append(Mistake(self._reading.header_of(field), "is empty", f"fill in the {field}"))
        return text

    def parsed(self, field: str, parse: Callable[[str], Value]) -> Value | None:
        """Return what `parse` makes of the field; None if it is empty or, with a mistake, unreadable."""
        text = self.text(field)
        if not text:
            return None
        try:
            return parse(text)
        except UnreadableError as error:
            self.mistakes.append(Mistake(self._reading.header_of(field), error.reason, error.remedy))
            return None

    def dated(self) -> str:
        """Return the row's instant in ISO 8601, or the file's own where there is no column of dates."""
        if not self.has_column("date"):
            return self._reading.as_of
        self.needed("date")
        found = self.parsed("date", self._reading.instants.read)
        return found.isoformat() if found else ""

    def decimal(self, field: str) -> Decimal | None:
        """Return the field as a decimal number; None if it is empty or unreadable."""
        return self.parsed(field, lambda text: read_amount(text, self._reading.mark))

    def currency(self) -> str:
        """Return the row's currency, else the file's; a mistake if neither says one."""
        code = self.text("currency").upper() or self._reading.currency or ""
        if not code:
            self.mistakes.append(
                Mistake(
                    self._reading.header_of("currency"),
                    "no currency is named",
                    "fill it in, or say --currency USD",
                )
            )
        return code

    def money(self, field: str, amount: Decimal) -> dict[str, Any]:
        """Return an amount as events carry it; a mistake if it is negative."""
        if amount < 0:
            self.mistakes.append(
                Mistake(
                    self._reading.header_of(field),
                    f"{amount} is less than nothing",
                    "import what was given back as --kind refunds",
                )
            )
        return {"amount": write_amount(abs(amount)), "currency": self.currency()}

    def attributes(self) -> dict[str, str]:
        """Return the attributes that the row has."""
        found = {
            name: self._row.cells[column]
            for name, column in self._reading.columns.attributes().items()
            if column < len(self._row.cells)
        }
        return {name: text for name, text in found.items() if text}

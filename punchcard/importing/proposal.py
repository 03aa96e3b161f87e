"""What an import is about to do with a file: everything stated about it, and everything found out, to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from punchcard.importing.amounts import Mark, find_mark
from punchcard.importing.errors import UnusableFileError
from punchcard.importing.fields import Kind
from punchcard.importing.instants import ISO, InstantFormat, check_pattern, find_format
from punchcard.importing.layout import DELIMITERS, Contents, examine, find_layout
from punchcard.importing.lines import sum_lines
from punchcard.importing.mapping import ColumnMap, map_columns
from punchcard.importing.orders import read_orders
from punchcard.importing.profiles import read_profiles
from punchcard.importing.reading import Reading
from punchcard.importing.records import Record
from punchcard.importing.refunds import read_refunds
from punchcard.importing.rows import Row, RowReader

_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Options:
    """What the person has stated about a file; None is to be found out."""

    kind: Kind = Kind.ORDERS
    maps: tuple[str, ...] = ()
    header: bool = True
    delimiter: str | None = None
    encoding: str | None = None
    date_format: str | None = None
    zone: str = "UTC"
    decimal: Mark | None = None
    currency: str | None = None
    lines: bool | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file will be read, with its first rows as examples."""

    path: Path
    contents: Contents
    reading: Reading
    sample: tuple[Row, ...]

    def example(self, field: str) -> str:
        """Return the first value that the field has."""
        index = self.reading.columns.columns[field]
        return next((row.cells[index] for row in self.sample if row.cells[index : index + 1] > ("",)), "")

    def ignored(self) -> list[str]:
        """Return the columns that nothing is read from."""
        used = set(self.reading.columns.columns.values())
        return [name for index, name in enumerate(self.reading.layout.columns) if index not in used]

    def records(self, rows: RowReader) -> Iterator[Record]:
        """Turn the file's rows into records, a misshapen row into one that says so."""
        return _records(rows, self.reading)


def propose(path: Path, options: Options) -> Proposal:
    """Look at a file; UnusableFileError says what has to be stated or corrected before it can be imported."""
    contents = examine(path, options.encoding)
    delimiter = _delimiter(options.delimiter)
    layout = find_layout(path, contents.encoding, delimiter=delimiter, header=options.header)
    columns = map_columns(
        options.kind, layout.columns, options.maps, header=options.header, lines=bool(options.lines)
    )
    sample = tuple(row for row in islice(RowReader(path, layout), _SAMPLE) if not row.misshapen(layout))
    reading = Reading(
        kind=options.kind,
        layout=layout,
        columns=columns,
        instants=_instants(options, columns, sample),
        mark=options.decimal or _mark(columns, sample),
        currency=_currency(options, columns),
        lines=_lines(options, columns, sample),
        as_of=datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0).isoformat(),
    )
    return Proposal(path, contents, reading, sample)


def _records(rows: RowReader, reading: Reading) -> Iterator[Record]:
    misshapen: list[Record] = []

    def shapely() -> Iterator[Row]:
        for row in rows:
            mistake = row.misshapen(reading.layout)
            if mistake is None:
                yield row
            else:
                misshapen.append(Record((row,), None, (mistake,)))

    read = {
        Kind.ORDERS: sum_lines if reading.lines else read_orders,
        Kind.REFUNDS: read_refunds,
        Kind.PROFILES: read_profiles,
    }[reading.kind]
    for record in read(shapely(), reading):
        while misshapen:
            yield misshapen.pop(0)
        yield record
    yield from misshapen


def _delimiter(stated: str | None) -> str | None:
    if stated is None:
        return None
    found = DELIMITERS.get(stated, stated)
    if found not in DELIMITERS.values():
        raise UnusableFileError(
            f"--delimiter {stated!r} is not known.", remedy=f"Write one of {', '.join(DELIMITERS)}."
        )
    return found


def _instants(options: Options, columns: ColumnMap, sample: Sequence[Row]) -> InstantFormat:
    zone = ZoneInfo(options.zone)
    if options.date_format:
        return InstantFormat(check_pattern(options.date_format), zone)
    if "date" not in columns:
        return InstantFormat(ISO, zone)
    return find_format(_values("date", columns, sample), zone)


def _mark(columns: ColumnMap, sample: Sequence[Row]) -> Mark:
    return find_mark(
        text
        for field in ("amount", "price", "quantity")
        if field in columns
        for text in _values(field, columns, sample)
    )


def _currency(options: Options, columns: ColumnMap) -> str | None:
    needs_one = options.kind is Kind.ORDERS or (options.kind is Kind.REFUNDS and "amount" in columns)
    if needs_one and options.currency is None and "currency" not in columns:
        raise UnusableFileError(
            "Nothing says what currency the amounts are in.",
            remedy="Say --currency USD, or name its column: --map currency=COLUMN.",
        )
    return options.currency.upper() if options.currency else None


def _lines(options: Options, columns: ColumnMap, sample: Sequence[Row]) -> bool:
    if options.kind is not Kind.ORDERS:
        return False
    if options.lines and "order" not in columns:
        raise UnusableFileError(
            "Lines can only be summed where a column names their order.",
            remedy="Name it: --map order=COLUMN.",
        )
    if options.lines is None and "order" in columns:
        _orders_stand_alone(columns.columns["order"], sample)
    return bool(options.lines)


def _orders_stand_alone(column: int, sample: Sequence[Row]) -> None:
    """Refuse to guess what rows with the same order id are: lines of one order, or the same order again."""
    first: dict[str, Row] = {}
    for row in sample:
        order = row.cells[column]
        other = first.setdefault(order, row)
        if order and other.cells != row.cells:
            raise UnusableFileError(
                f"Order {order} stands in line {other.line} and in line {row.line}.",
                remedy="If rows are lines of orders, say --sum-lines to add them up; "
                "if not, --no-sum-lines keeps the first and rejects the others.",
            )


def _values(field: str, columns: ColumnMap, sample: Sequence[Row]) -> list[str]:
    column = columns.columns[field]
    return [row.cells[column] for row in sample if row.cells[column]]

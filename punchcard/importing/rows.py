"""The rows of a file, one after the other, each with the line where it begins."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from punchcard.importing.errors import Mistake, UnusableFileError
from punchcard.importing.layout import WHITESPACE, Layout, cells_of

_LONGEST_CELL = min(sys.maxsize, 1 << 24)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of the line where it begins, and its cells without surrounding spaces."""

    line: int
    cells: tuple[str, ...]

    def misshapen(self, layout: Layout) -> Mistake | None:
        """Return what is wrong if the row has other cells than the file's columns."""
        given, wanted = len(self.cells), len(layout.columns)
        if given == wanted or (layout.delimiter == WHITESPACE and given > wanted):
            return None
        if given > wanted and not any(self.cells[wanted:]):
            return None
        return Mistake(
            "",
            f"the row has {given} cells, the file has {wanted} columns",
            "put cells that hold the delimiter or a line break in quotes",
        )


class RowReader:
    """Reads a file's rows; `position` tells how many of its bytes are behind."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Prepare to read `path`, which is open for as long as the rows are iterated."""
        self._path = path
        self._layout = layout
        self._raw: BinaryIO | None = None

    @property
    def position(self) -> int:
        """Bytes read so far: up to a buffer ahead of the current row, and 0 while the file is not open."""
        return self._raw.tell() if self._raw and not self._raw.closed else 0

    def __iter__(self) -> Iterator[Row]:
        """Yield each row that is not blank, the header left out."""
        csv.field_size_limit(_LONGEST_CELL)
        self._raw = self._path.open("rb")
        with TextIOWrapper(self._raw, self._layout.encoding, errors="replace", newline="") as text:
            yield from self._rows(text)

    def _rows(self, text: TextIO) -> Iterator[Row]:
        lines = _Counted(text)
        header = self._layout.header
        try:
            for cells in cells_of(lines, self._layout.delimiter):
                line, lines.first = lines.first, lines.number + 1
                if not any(map(str.strip, cells)):
                    continue
                if header:
                    header = False
                    continue
                yield Row(line, tuple(cell.strip() for cell in cells))
        except csv.Error as error:
            raise UnusableFileError(
                f"{self._path}, line {lines.number}: {error}.",
                remedy="Look for a quote that is opened there and never closed.",
            ) from None


class _Counted:
    """The lines of a text, counted as they are taken; `first` is where the current row began."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.number = 0
        self.first = 1

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.number += 1
        return line

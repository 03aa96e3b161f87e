"""The reject file: the rows that could not be imported, as they were, each with its line and the reason."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Self

from punchcard.importing.errors import Mistake
from punchcard.importing.layout import WHITESPACE, Layout
from punchcard.importing.rows import Row

LINE = "punchcard_line"
REASON = "punchcard_reason"


class RejectFile:
    """A file laid out like the original, with two columns more, so that the same command imports it once corrected.

    It exists from the first rejected row on.
    """

    def __init__(self, path: Path, layout: Layout, *, go_on_at: int = 0) -> None:
        """Begin anew, or after the first `go_on_at` bytes of what an interrupted import wrote."""
        self.path = path
        self._layout = layout
        self._start = go_on_at
        self._file: TextIOWrapper | None = None

    def __enter__(self) -> Self:
        """Remove what an earlier import left, or cut off what the interrupted one had not yet recorded."""
        if not self._start:
            self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def add(self, rows: Sequence[Row], mistakes: Sequence[Mistake]) -> None:
        """Write down rows that were rejected together."""
        reason = "; ".join(map(str, mistakes))
        width = len(self._layout.columns)
        for row in rows:
            padded = (*row.cells, *[""] * (width - len(row.cells)))
            self._write((*padded, row.line, reason))

    def size(self) -> int:
        """Return how many bytes are surely written."""
        if self._file is None:
            return self._start
        self._file.flush()
        return self.path.stat().st_size

    def _opened(self) -> TextIOWrapper:
        """Open the file at the first rejected row, and give a new one its header."""
        if self._file is None:
            raw = self.path.open("r+b" if self._start else "wb")
            raw.seek(self._start)
            raw.truncate()
            self._file = TextIOWrapper(raw, encoding="utf-8", newline="")
            if self._layout.header and not self._start:
                self._write((*self._layout.columns, LINE, REASON))
        return self._file

    def _write(self, cells: Sequence[object]) -> None:
        delimiter = " " if self._layout.delimiter == WHITESPACE else self._layout.delimiter
        csv.writer(self._opened(), delimiter=delimiter, lineterminator="\n").writerow(cells)

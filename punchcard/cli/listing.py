"""Lists on a terminal or in a pipe: columns side by side, one line each, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer


def show_list(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Print rows below their head, each column as wide as its longest cell; None is an empty cell."""
    cells = [list(head), *([cell or "" for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo(line.rstrip())

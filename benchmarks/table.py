"""A table of figures, for the terminal and for the documentation."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table as Grid


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured: a title, a head and rows of text; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Return the table as the documentation has it."""
        rule = ("---", *("---:" for _ in self.head[1:]))
        lines = ["| " + " | ".join(cells) + " |" for cells in (self.head, rule, *self.rows)]
        return "\n".join([f"**{self.title}**", "", *lines])

    def show(self, console: Console) -> None:
        """Print the table."""
        grid = Grid(title=self.title, title_justify="left")
        for place, name in enumerate(self.head):
            grid.add_column(name, justify="right" if place else "left")
        for row in self.rows:
            grid.add_row(*row)
        console.print(grid)

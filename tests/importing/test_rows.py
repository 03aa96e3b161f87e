"""Rows come with the line where they begin."""

from pathlib import Path

import pytest

from punchcard.importing.errors import UnusableFileError
from punchcard.importing.layout import Layout
from punchcard.importing.rows import Row, RowReader

LAYOUT = Layout("utf-8", ",", True, ("id", "note"))


def test_lines_are_counted_through_blank_lines_and_quoted_breaks(tmp_path: Path) -> None:
    """A row of several lines is named by its first, and blank lines are no rows."""
    path = tmp_path / "shop.csv"
    path.write_text('id,note\n1, a \n\n2,"two\nlines"\n3,c\n')
    assert list(RowReader(path, LAYOUT)) == [
        Row(2, ("1", "a")),
        Row(4, ("2", "two\nlines")),
        Row(6, ("3", "c")),
    ]


def test_the_position_grows_with_the_rows(tmp_path: Path) -> None:
    """It is what a progress bar shows: bytes that are read, of the file's size."""
    path = tmp_path / "shop.csv"
    path.write_text("id,note\n" + "1,a\n" * 100_000)
    reader = RowReader(path, LAYOUT)
    positions = [reader.position for _ in reader]
    assert 0 < positions[0] < positions[-1] == path.stat().st_size


def test_a_row_with_too_few_or_too_many_cells_says_so() -> None:
    """Empty cells beyond the last column are no mistake: spreadsheets write them."""
    assert Row(2, ("1",)).misshapen(LAYOUT)
    assert Row(2, ("1", "a", "b")).misshapen(LAYOUT)
    assert Row(2, ("1", "a", "", "")).misshapen(LAYOUT) is None


def test_a_cell_that_never_ends_is_an_error_with_its_line(tmp_path: Path) -> None:
    """A quote that nobody closes swallows the file up to the longest cell that is read."""
    path = tmp_path / "shop.csv"
    path.write_text('id,note\n1,"' + "x" * (1 << 24) + "\n")
    with pytest.raises(UnusableFileError, match=r"line 2: .* never closed"):
        list(RowReader(path, LAYOUT))

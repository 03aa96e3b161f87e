"""The reject file holds what was rejected, ready to be corrected and imported."""

from pathlib import Path

from punchcard.importing.errors import Mistake
from punchcard.importing.layout import Layout, find_layout
from punchcard.importing.rejects import RejectFile
from punchcard.importing.rows import Row, RowReader

LAYOUT = Layout("utf-8", ";", True, ("id", "note"))
MISTAKE = Mistake("note", "is empty", "fill it in")


def test_rejected_rows_are_kept_with_their_line_and_the_reason(tmp_path: Path) -> None:
    """In the file's own columns and delimiter, so that they can be imported once they are corrected."""
    path = tmp_path / "shop.rejects.csv"
    with RejectFile(path, LAYOUT) as rejects:
        rejects.add((Row(7, ("1", "a;b")), Row(9, ("2",))), (MISTAKE,))
    assert path.read_text() == (
        "id;note;punchcard_line;punchcard_reason\n"
        '1;"a;b";7;note: is empty (fill it in)\n'
        "2;;9;note: is empty (fill it in)\n"
    )
    layout = find_layout(path, "utf-8", delimiter=None, header=True)
    assert [row.cells[:2] for row in RowReader(path, layout)] == [("1", "a;b"), ("2", "")]


def test_without_rejected_rows_there_is_no_file(tmp_path: Path) -> None:
    """Not even the one that an earlier import left."""
    path = tmp_path / "shop.rejects.csv"
    path.write_text("old")
    with RejectFile(path, LAYOUT) as rejects:
        assert rejects.size() == 0
    assert not path.exists()


def test_an_interrupted_import_goes_on_with_its_file(tmp_path: Path) -> None:
    """What was written after the last checkpoint is cut off, since its rows come again."""
    path = tmp_path / "shop.rejects.csv"
    with RejectFile(path, LAYOUT) as rejects:
        rejects.add((Row(2, ("1", "")),), (MISTAKE,))
        size = rejects.size()
        rejects.add((Row(3, ("2", "")),), (MISTAKE,))
    with RejectFile(path, LAYOUT, go_on_at=size) as rejects:
        rejects.add((Row(3, ("2", "")),), (MISTAKE,))
    assert [line.split(";")[:3] for line in path.read_text().splitlines()[1:]] == [
        ["1", "", "2"],
        ["2", "", "3"],
    ]

"""Encoding, delimiter and header of a file are found from its bytes."""

from pathlib import Path

import pytest

from punchcard.importing.errors import UnusableFileError
from punchcard.importing.layout import examine, find_layout


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, found: str) -> None:
    """A mark at the start, valid UTF-8, and what is neither are told apart."""
    path = tmp_path / "shop.csv"
    path.write_bytes("Kunde;Betrag\nJörg;12,50\n".encode(encoding))
    assert examine(path).encoding == found
    assert path.read_text(encoding=found).startswith("Kunde")


def test_what_is_not_utf8_far_behind_is_noticed_too(tmp_path: Path) -> None:
    """The whole file is looked at, not its beginning alone."""
    path = tmp_path / "shop.csv"
    path.write_bytes(b"id\n" + b"1234567\n" * 200_000 + "Jörg\n".encode("cp1252"))
    assert examine(path).encoding == "cp1252"


def test_a_stated_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    """The message says so instead of importing question marks."""
    path = tmp_path / "shop.csv"
    path.write_bytes("id\nJörg\n".encode("cp1252"))
    with pytest.raises(UnusableFileError, match=r"is not in utf-8: byte 0xf6 .* Leave --encoding out"):
        examine(path, "utf-8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    """The one that splits the rows into equally many cells wins over those that stand in texts."""
    path = tmp_path / "shop.csv"
    rows = [["id", "note", "total"], ["1", '"a, b; c| d\t"', "12"], ["2", '"e"', "13"]]
    path.write_text("".join(delimiter.join(row) + "\n" for row in rows))
    layout = find_layout(path, "utf-8", delimiter=None, header=True)
    assert (layout.delimiter, layout.columns) == (delimiter, ("id", "note", "total"))


def test_columns_without_a_header_go_by_number(tmp_path: Path) -> None:
    """Blank-separated files have as many columns as their first line has words."""
    path = tmp_path / "sample.txt"
    path.write_text(" 00004 0001 19970101  2   29.33\n")
    layout = find_layout(path, "utf-8", delimiter="whitespace", header=False)
    assert layout.columns == ("1", "2", "3", "4", "5")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no rows below its header"),
        ("id,total\n", "If its first line is an order already, say --no-header"),
        ("id,total,total\n1,2,3\n", "two columns called 'total'"),
        ("one\ntwo\n", "No comma, semicolon, tab or bar"),
    ],
)
def test_a_file_without_columns_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """Each reason is named, with what to do about it."""
    path = tmp_path / "shop.csv"
    path.write_text(text)
    with pytest.raises(UnusableFileError, match=message):
        find_layout(path, "utf-8", delimiter=None, header=True)

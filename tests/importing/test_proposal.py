"""What will be done with a file is known, and doubts are cleared up, before a row is imported."""

from pathlib import Path

import pytest

from punchcard.importing.errors import UnusableFileError
from punchcard.importing.fields import Kind
from punchcard.importing.proposal import Options, propose
from tests.importing.reading_of import events_of, proposal_of, records_of

ORDERS = "order,customer,date,total\n"


def test_the_proposal_shows_what_it_found(tmp_path: Path) -> None:
    """An example for each field, and the columns that nothing is read from."""
    text = "Kunde;Datum;Betrag;Notiz\nC-1;04.05.2026;12,50;\nC-2;05.05.2026;1.000,00;gut\n"
    proposal = proposal_of(tmp_path, text, currency="eur")
    assert proposal.example("amount") == "12,50"
    assert proposal.ignored() == ["Notiz"]
    reading = proposal.reading
    assert (reading.instants.pattern, reading.mark.value, reading.currency) == ("%d.%m.%Y", "comma", "EUR")


def test_the_currency_is_asked_for(tmp_path: Path) -> None:
    """It is never assumed; refunds of whole orders need none."""
    with pytest.raises(UnusableFileError, match="Say --currency USD, or name its column"):
        proposal_of(tmp_path, ORDERS + "o-1,C-1,2026-05-04,5\n")
    assert proposal_of(tmp_path, "order,date\no-1,2026-05-04\n", kind=Kind.REFUNDS).reading.currency is None


def test_repeated_order_ids_are_asked_about(tmp_path: Path) -> None:
    """Lines of an order and a repeated order cannot be told apart by looking."""
    text = ORDERS + "o-1,C-1,2026-05-04,5\no-1,C-1,2026-05-04,6\n"
    with pytest.raises(UnusableFileError, match=r"Order o-1 stands in line 2 and in line 3.*--sum-lines"):
        proposal_of(tmp_path, text, currency="USD")
    first, second = records_of(tmp_path, text, currency="USD", lines=False)
    assert (bool(first.event), bool(second.event)) == (True, False)


def test_lines_need_the_order_that_they_are_of(tmp_path: Path) -> None:
    """Nothing else says which lines belong together."""
    with pytest.raises(UnusableFileError, match="Name it: --map order=COLUMN"):
        proposal_of(tmp_path, "customer,date,total\nC-1,2026-05-04,5\n", currency="USD", lines=True)


def test_misshapen_rows_become_records_of_their_own(tmp_path: Path) -> None:
    """No row gets lost, wherever it stands."""
    text = ORDERS + "o-1,C-1\no-2,C-1,2026-05-04,5\no-3,C-1,2026-05-04,5,,x\n"
    records = records_of(tmp_path, text, currency="USD")
    assert sorted(record.rows[0].line for record in records) == [2, 3, 4]
    assert sorted(bool(record.event) for record in records) == [False, False, True]


def test_a_blank_separated_file_without_a_header(tmp_path: Path) -> None:
    """Everything is stated, columns by number."""
    path = tmp_path / "sample.txt"
    path.write_text(" 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n")
    maps = ("customer=2", "date=3", "amount=5")
    options = Options(maps=maps, header=False, delimiter="whitespace", currency="USD")
    proposal = propose(path, options)
    assert proposal.reading.columns.guessed == ()
    assert proposal.ignored() == ["1", "4"]


def test_an_unknown_delimiter_is_refused(tmp_path: Path) -> None:
    """The known ones are named."""
    with pytest.raises(UnusableFileError, match="Write one of comma, semicolon, tab, pipe, whitespace"):
        proposal_of(tmp_path, ORDERS, delimiter="x")


def test_dates_without_an_offset_are_in_the_stated_zone(tmp_path: Path) -> None:
    """By the offset on that day."""
    text = ORDERS + "o-1,C-1,2026-05-04 10:00,5\no-2,C-1,2026-12-04 10:00,5\n"
    summer, winter = events_of(tmp_path, text, currency="USD", zone="America/New_York")
    assert summer["occurred_at"] == "2026-05-04T10:00:00-04:00"
    assert winter["occurred_at"] == "2026-12-04T10:00:00-05:00"

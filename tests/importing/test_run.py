"""A file goes in once, whatever interrupts it and however often it is imported."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.events import Event
from punchcard.domain.orders import Order
from punchcard.importing.checkpoint import Checkpoint, CheckpointFile, still_holds
from punchcard.importing.proposal import Proposal
from punchcard.importing.rejects import RejectFile
from punchcard.importing.run import Take, checking, run_import, taking
from punchcard.router.ingest import Ingest, ItemResult
from tests.importing.reading_of import proposal_of

HEADER = "order,customer,date,total\n"
ORDER, EVENT = table(Order), table(Event)


def orders(count: int) -> str:
    """The text of a file with so many orders, the third of which has no amount."""
    return HEADER + "".join(
        f"o-{number},C-{number % 7},2026-05-04,{'' if number == 2 else number}\n" for number in range(count)
    )


def taker(database: Database, **options: bool) -> Take:
    """What takes events into the database."""
    return taking(Ingest(database, Clock()), "shop", history=options.get("history", False))


def stored(database: Database) -> int:
    """How many orders the database has."""
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(ORDER)).scalar_one())


def stopping_after(take: Take, batches: int) -> Callable[[list[dict[str, Any]]], Sequence[ItemResult]]:
    """Take so many batches, and then be interrupted as by Ctrl-C."""
    left = iter(range(batches))

    def interrupted(events: list[dict[str, Any]]) -> Sequence[ItemResult]:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return take(events)

    return interrupted


def interrupt(proposal: Proposal, take: Take, note: CheckpointFile, rejects: Path) -> None:
    """Import a file up to the second batch."""
    with (
        RejectFile(rejects, proposal.reading.layout) as file,
        pytest.raises(KeyboardInterrupt),
    ):
        run_import(proposal, stopping_after(take, 1), rejects=file, note=note)


def test_a_file_goes_in(tmp_path: Path, database: Database) -> None:
    """Each row is counted, and a bad one is named by its line."""
    outcome = run_import(proposal_of(tmp_path, orders(5), currency="USD"), taker(database))
    assert (outcome.counts.rows, outcome.counts.accepted, outcome.counts.rejected_rows) == (5, 4, 1)
    assert [(line, str(mistake)) for line, mistake in outcome.examples] == [
        (4, "total: is empty (fill in the amount)")
    ]
    assert stored(database) == 4


def test_what_was_imported_changes_nothing(tmp_path: Path, database: Database) -> None:
    """The second time every order is known."""
    proposal = proposal_of(tmp_path, orders(5), currency="USD")
    run_import(proposal, taker(database))
    again = run_import(proposal, taker(database))
    assert (again.counts.accepted, again.counts.duplicates) == (0, 4)
    assert stored(database) == 4


def test_an_interrupted_import_goes_on(tmp_path: Path, database: Database) -> None:
    """The batches before are not read into the database again, and their rejected rows are kept."""
    proposal = proposal_of(tmp_path, orders(2500), currency="USD")
    note, rejects = CheckpointFile(tmp_path / "imports", "this"), tmp_path / "rejects.csv"
    interrupt(proposal, taker(database), note, rejects)
    assert stored(database) == 999
    start = note.read()
    with database.read() as connection:
        assert still_holds(connection, "shop", start)
    with RejectFile(rejects, proposal.reading.layout, go_on_at=start.rejects) as file:
        outcome = run_import(proposal, taker(database), rejects=file, note=note, start=start)
    assert outcome.resumed_at == 1000
    assert (outcome.counts.records, outcome.counts.accepted, outcome.counts.duplicates) == (2500, 2499, 0)
    assert stored(database) == 2499
    assert len(rejects.read_text().splitlines()) == 2
    assert note.read() == Checkpoint()


def test_a_checkpoint_of_another_database_is_not_believed(tmp_path: Path, database: Database) -> None:
    """A database that does not know the last event has not got the ones before either."""
    proposal = proposal_of(tmp_path, orders(1500), currency="USD")
    note = CheckpointFile(tmp_path / "imports", "this")
    interrupt(proposal, taker(database), note, tmp_path / "rejects.csv")
    with database.begin() as connection:
        connection.execute(EVENT.delete())
    with database.read() as connection:
        assert not still_holds(connection, "shop", note.read())


def test_what_ingest_refuses_is_named_by_its_column(tmp_path: Path, database: Database) -> None:
    """A person looks into the file, not into events."""
    text = "order,customer,date,total,currency\no-1,C-1,2026-05-04,12.3456,USD\no-2,C-1,2026-05-04,1,XYZ\n"
    outcome = run_import(proposal_of(tmp_path, text), taker(database))
    assert [(line, mistake.column) for line, mistake in outcome.examples] == [(2, "total"), (3, "total")]


def test_an_order_with_other_content_is_a_conflict(tmp_path: Path, database: Database) -> None:
    """The first one stands, and the row of the second is rejected under the id's column."""
    run_import(proposal_of(tmp_path, HEADER + "o-1,C-1,2026-05-04,5\n", currency="USD"), taker(database))
    other = proposal_of(tmp_path, HEADER + "o-1,C-1,2026-05-04,6\n", currency="USD")
    outcome = run_import(other, taker(database))
    assert outcome.counts.rejected_rows == 1
    assert outcome.examples[0][1].column == "order"


def test_history_is_marked_as_such(tmp_path: Path, database: Database) -> None:
    """Its events reward nobody."""
    proposal = proposal_of(tmp_path, orders(2), currency="USD")
    run_import(proposal, taker(database, history=True))
    with database.read() as connection:
        assert connection.execute(select(EVENT.c.history).distinct()).scalars().all() == [True]


def test_a_check_changes_nothing(tmp_path: Path, database: Database) -> None:
    """It finds what ingest would find in the shape of events."""
    text = HEADER + "o-1,C-1,2026-05-04,5\no-2,C-1,2026-05-04,12.3456\n"
    outcome = run_import(proposal_of(tmp_path, text, currency="USD"), checking(Clock().now()))
    assert (outcome.counts.accepted, outcome.counts.rejected_rows) == (1, 1)
    assert stored(database) == 0

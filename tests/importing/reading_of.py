"""A file written for a test, and how it is read."""

from pathlib import Path
from typing import Any

from punchcard.importing.proposal import Options, Proposal, propose
from punchcard.importing.records import Record
from punchcard.importing.rows import RowReader


def proposal_of(folder: Path, text: str, **options: Any) -> Proposal:
    """Write `text` to a file and look at it."""
    path = folder / "shop.csv"
    path.write_text(text, encoding="utf-8")
    return propose(path, Options(**options))


def records_of(folder: Path, text: str, **options: Any) -> list[Record]:
    """Return the records of a file with this text."""
    proposal = proposal_of(folder, text, **options)
    return list(proposal.records(RowReader(proposal.path, proposal.reading.layout)))


def events_of(folder: Path, text: str, **options: Any) -> list[dict[str, Any]]:
    """Return the events of a file with this text, in which nothing may be wrong."""
    records = records_of(folder, text, **options)
    assert [record.mistakes for record in records if record.mistakes] == []
    return [record.event for record in records if record.event is not None]

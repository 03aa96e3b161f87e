"""The import itself: a file's records through ingest, batch by batch, going on where an interrupted one stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from punchcard.importing.checkpoint import Checkpoint, CheckpointFile, Counts
from punchcard.importing.errors import Mistake
from punchcard.importing.fields import ATTRIBUTE
from punchcard.importing.proposal import Proposal
from punchcard.importing.reading import Reading
from punchcard.importing.records import Record
from punchcard.importing.rejects import RejectFile
from punchcard.importing.rows import RowReader
from punchcard.router.ingest import Ingest, ItemResult
from punchcard.router.wire import MAX_BATCH, Incoming, read
from punchcard.router.wire import Mistake as WireMistake

Take = Callable[[list[dict[str, Any]]], Sequence[ItemResult]]
Report = Callable[[Counts, int], None]

_SHOWN = 20

# The events' fields, by the fields of files that they are made of.
_ORIGINS = {
    "occurred_at": "date",
    "data.amount": "amount",
    "data.order": "order",
    "data.status": "status",
    "data.lines": "amount",
    "data.consents": "marketing",
}


@dataclass(slots=True)
class Outcome:
    """What an import came to. `examples` are the first rejected rows of this run: their line and what is wrong."""

    counts: Counts = field(default_factory=Counts)
    resumed_at: int = 0
    examples: list[tuple[int, Mistake]] = field(default_factory=list)


def taking(ingest: Ingest, source: str, *, history: bool) -> Take:
    """Return what takes a batch of events in for good."""
    return lambda events: ingest(source, events, history=history)


def checking(now: int) -> Take:
    """Return what only looks whether the events are well-formed, and changes nothing."""

    def check(events: list[dict[str, Any]]) -> list[ItemResult]:
        return [
            ItemResult(event["id"], "accepted")
            if isinstance(found := read(event, place, now), Incoming)
            else ItemResult(event["id"], "invalid", tuple(found))
            for place, event in enumerate(events)
        ]

    return check


def run_import(
    proposal: Proposal,
    take: Take,
    *,
    rejects: RejectFile | None = None,
    note: CheckpointFile | None = None,
    start: Checkpoint | None = None,
    report: Report = lambda counts, position: None,
) -> Outcome:
    """Import the file, from `start` on; `report` is told the counts and the bytes read after each batch.

    Whatever interrupts it, the batches before are taken in, `note` says so, and the next run goes on after them.
    """
    start = start or Checkpoint()
    outcome = Outcome(start.counts, start.counts.records)
    rows = RowReader(proposal.path, proposal.reading.layout)
    last = start.last
    for batch in _batches(islice(proposal.records(rows), start.counts.records, None)):
        events = [record.event for record in batch if record.event is not None]
        results = iter(take(events) if events else ())
        for record in batch:
            result = next(results) if record.event is not None else None
            _count(outcome, record, result, proposal.reading, rejects)
            last = result.id if result and result.id and result.status == "accepted" else last
        if note is not None:
            note.write(Checkpoint(outcome.counts, rejects.size() if rejects else 0, last))
        report(outcome.counts, rows.position)
    if note is not None:
        note.remove()
    return outcome


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, MAX_BATCH)):
        yield batch


def _count(
    outcome: Outcome, record: Record, result: ItemResult | None, reading: Reading, rejects: RejectFile | None
) -> None:
    counts = outcome.counts
    counts.records += 1
    counts.rows += len(record.rows)
    if result is not None and result.status == "accepted":
        counts.accepted += 1
        return
    if result is not None and result.status == "duplicate":
        counts.duplicates += 1
        return
    mistakes = record.mistakes or _in_words(result, reading)
    counts.rejected_rows += len(record.rows)
    for mistake in mistakes[: max(0, _SHOWN - len(outcome.examples))]:
        outcome.examples.append((record.rows[0].line, mistake))
    if rejects is not None:
        rejects.add(record.rows, mistakes)


def _in_words(result: ItemResult | None, reading: Reading) -> tuple[Mistake, ...]:
    """Return what ingest found wrong, under the names of the file's own columns."""
    return tuple(_translated(mistake, reading) for mistake in result.errors) if result else ()


def _translated(mistake: WireMistake, reading: Reading) -> Mistake:
    wanted = next(
        (name for prefix, name in _ORIGINS.items() if mistake.field.startswith(prefix)),
        mistake.field.removeprefix("data.").replace("attributes.", ATTRIBUTE),
    )
    if wanted == "id":
        wanted = "refund" if reading.kind.value == "refunds" else "order"
    if wanted == "amount" and mistake.field.endswith("currency"):
        wanted = "currency"
    return Mistake(reading.header_of(wanted), mistake.message)

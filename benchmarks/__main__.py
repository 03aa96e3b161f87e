"""`python -m benchmarks`: measures, prints a table for each part, and writes the figures as JSON."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks.ingestion.measure import Size as OrderSize
from benchmarks.ingestion.measure import measure_ingestion
from benchmarks.journeys.measure import measure_journeys
from benchmarks.journeys.rounds import PACE, THINKS_SECONDS
from benchmarks.journeys.rounds import Size as JourneySize
from benchmarks.language.measure import measure_language
from benchmarks.machine import this_machine
from benchmarks.report import Report, publish
from benchmarks.segments.measure import measure_segments
from benchmarks.sleeping.measure import measure_sleeping
from punchcard.errors import PunchcardError

DOCS = Path(__file__).parent.parent / "docs"
PAGE, DATA = DOCS / "benchmarks.md", DOCS / "benchmarks.json"


class Part(StrEnum):
    """What can be measured."""

    JOURNEYS = "journeys"
    ORDERS = "orders"
    SLEEPING = "sleeping"
    LANGUAGE = "language"
    SEGMENTS = "segments"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured; see the options of the command."""

    rounds: int
    journeys: int
    under_way: int
    batches: tuple[int, ...]
    seconds: float
    customers: int
    instances: int
    campaigns: int = 1000
    members: int = 50_000
    pace: int = PACE
    thinks: float = THINKS_SECONDS


def main(
    parts: Annotated[list[Part] | None, typer.Argument(help="Which parts; all if none is named.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="How often each side and each way is measured.")] = 3,
    journeys: Annotated[int, typer.Option(min=1, help="Journeys of one side in one round.")] = 1500,
    under_way: Annotated[int, typer.Option(min=1, help="How many of them are under way at a time.")] = 700,
    batches: Annotated[
        list[int] | None, typer.Option("--batch", min=1, max=1000, help="Orders in a batch; repeat it.")
    ] = None,
    seconds: Annotated[float, typer.Option(help="For how long each size of batch is taken in.")] = 2.0,
    customers: Annotated[int, typer.Option(min=1, help="How many customers the orders come from.")] = 10_000,
    instances: Annotated[int, typer.Option(min=1, help="How many instances sleep.")] = 10_000,
    campaigns: Annotated[int, typer.Option(min=1, help="How many campaigns are checked.")] = 1000,
    members: Annotated[
        int, typer.Option(min=1, help="How many customers segments are looked up in.")
    ] = 50_000,
    json_file: Annotated[Path, typer.Option("--json", help="Where the figures go.")] = Path(
        "benchmarks.json"
    ),
    publishes: Annotated[
        bool, typer.Option("--publish", help="Put the figures into the documentation too.")
    ] = False,
) -> None:
    """Measure journeys per second, orders per second, what sleeping instances hold, what checking and segments cost."""
    sizes = Sizes(
        rounds,
        journeys,
        under_way,
        tuple(batches or (1, 100, 1000)),
        seconds,
        customers,
        instances,
        campaigns,
        members,
    )
    progress = Console(stderr=True, style="dim", highlight=False)
    try:
        report = measure(tuple(parts or Part), sizes, progress.print)
    except PunchcardError as error:
        progress.print(str(error), style="bold red")
        raise typer.Exit(1) from None
    json_file.write_text(report.json())
    if publishes:
        publish(report, PAGE, DATA)
    screen = Console(highlight=False)
    screen.print(f"Measured on {report.machine}.")
    for table in report.tables():
        table.show(screen)


def measure(parts: tuple[Part, ...], sizes: Sizes, say: Callable[[str], None]) -> Report:
    """Measure these parts, each in a folder that is removed afterwards."""
    found: dict[str, Any] = {}
    for part in parts:
        # Not TemporaryDirectory's private mode: PostgreSQL may have to run as another user.
        with tempfile.TemporaryDirectory(prefix="punchcard-benchmark-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            found[part.value] = _measure(part, folder, sizes, say)
    return Report(machine=this_machine(), sizes=asdict(sizes), **found)


def _measure(part: Part, folder: Path, sizes: Sizes, say: Callable[[str], None]) -> Any:
    match part:
        case Part.JOURNEYS:
            size = JourneySize(sizes.journeys, sizes.under_way, sizes.pace, sizes.thinks)
            return asyncio.run(measure_journeys(folder, size, sizes.rounds, say))
        case Part.ORDERS:
            batch_size = OrderSize(sizes.batches, sizes.seconds, sizes.rounds, sizes.customers)
            return measure_ingestion(folder, batch_size, say)
        case Part.SLEEPING:
            return asyncio.run(measure_sleeping(folder, sizes.instances, say))
        case Part.LANGUAGE:
            return measure_language(sizes.campaigns, sizes.rounds, say)
        case Part.SEGMENTS:
            return measure_segments(folder, sizes.members, sizes.rounds, say)


if __name__ == "__main__":
    typer.run(main)

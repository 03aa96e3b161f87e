"""All ways beside each other, in turns, for each size of batch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, figure
from benchmarks.ingestion.http import Http
from benchmarks.ingestion.ours import Ours
from benchmarks.ingestion.raw_postgres import RawPostgres
from benchmarks.ingestion.raw_sqlite import RawSqlite
from benchmarks.ingestion.way import InProcess, Way
from benchmarks.postgres_server import find_postgres, run_postgres

RAW, INGEST, HTTP = "raw driver", "ingest", "HTTP"


@dataclass(frozen=True, slots=True)
class Size:
    """The sizes of the batches, for how long each is measured and how often, and among how many customers."""

    batches: tuple[int, ...]
    seconds: float
    rounds: int
    customers: int


@dataclass(frozen=True, slots=True)
class Throughput:
    """Orders per second of one way, for one size of batch."""

    way: str
    batch: int
    orders_per_second: Figure


def measure_ingestion(folder: Path, size: Size, say: Callable[[str], None]) -> list[Throughput]:
    """Measure every way; without PostgreSQL on this machine only SQLite's, and that is said."""
    with contextlib.ExitStack() as stack:
        ways = list(_ways(folder, size.customers, stack, say))
        found: dict[tuple[str, int], list[float]] = {}
        for turn in range(size.rounds):
            say(f"orders: round {turn + 1} of {size.rounds}")
            for batch in size.batches:
                for way in ways if turn % 2 == 0 else reversed(ways):
                    found.setdefault((way.name, batch), []).append(way.measure(batch, size.seconds))
    return [
        Throughput(way.name, batch, figure(found[way.name, batch])) for way in ways for batch in size.batches
    ]


def _ways(
    folder: Path, customers: int, stack: contextlib.ExitStack, say: Callable[[str], None]
) -> Iterator[Way]:
    def kept(way: Way) -> Way:
        stack.callback(way.close)
        return way

    say("orders: SQLite is prepared")
    ours, web = (f"sqlite:///{folder / name}.db" for name in ("ingest", "http"))
    yield kept(InProcess(f"{RAW}, SQLite", RawSqlite(folder / "raw.db"), customers))
    yield kept(InProcess(f"{INGEST}, SQLite", Ours(ours), customers))
    yield kept(Http(f"{HTTP}, SQLite", web, folder, customers))
    programs = find_postgres()
    if programs is None:
        say("orders: PostgreSQL is not installed, so it is left out")
        return
    say("orders: PostgreSQL is prepared")
    server = stack.enter_context(run_postgres(programs, folder / "postgres"))
    yield kept(InProcess(f"{RAW}, PostgreSQL", RawPostgres(server.fresh_database()), customers))
    yield kept(InProcess(f"{INGEST}, PostgreSQL", Ours(server.fresh_database()), customers))
    yield kept(Http(f"{HTTP}, PostgreSQL", server.fresh_database(), folder, customers))


def ratio(throughputs: Sequence[Throughput], way: str, batch: int) -> float:
    """Return how a way compares with its own database's raw driver."""
    medians = {(one.way, one.batch): one.orders_per_second.median for one in throughputs}
    database = way.rpartition(", ")[2]
    return medians[way, batch] / medians[f"{RAW}, {database}", batch]

"""One round of one side: so many journeys, with at most so many under way, from the first order to the last end."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from temporalio.client import Client

from benchmarks.consumption import cpu_seconds
from benchmarks.journeys.customers import Customers
from benchmarks.journeys.intake import Orders
from benchmarks.journeys.running import Running
from benchmarks.journeys.side import Side
from benchmarks.temporal_server import TemporalServer

AMOUNT = 500_00
# Three days become twelve seconds, both where the journey pauses and as the lateness after which no message is
# sent: longer than what lies in a queue under load, short enough to see many journeys.
PACE = 21_600
THINKS_SECONDS = 1.0
# How many orders may wait for their journey's first step: customers come one by one, not all at once.
WAITING = 40
WARM_UP = 10
HISTORIES = 50
A_ROUNDS_CUSTOMERS = 1_000_000
LOOK_SECONDS = 0.02
STALLED_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Size:
    """How many journeys a round has, and how many of them are under way at a time; how fast time passes.

    `thinks` is after how many seconds a customer acts on an e-mail.
    """

    journeys: int
    under_way: int
    pace: int = PACE
    thinks: float = THINKS_SECONDS


@dataclass(frozen=True, slots=True)
class Round:
    """What one round measured. CPU is in milliseconds for each journey, bytes and events for each history.

    `strayed` counts the journeys that took another path than the happy one, where a machine was too slow for it.
    """

    side: str
    journeys: int
    per_second: float
    worker_ms: float
    server_ms: float
    events: float
    bytes: float
    strayed: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What all rounds share."""

    server: TemporalServer
    client: Client
    mail_port: int
    customers: Customers
    folder: Path
    numbers: Iterator[int]


async def run_round(bench: Bench, side: Side, size: Size) -> Round:
    """Run one side alone."""
    folder = tempfile.mkdtemp(dir=bench.folder)
    first = next(bench.numbers) * A_ROUNDS_CUSTOMERS + 1
    orders = Orders(
        address=bench.server.address,
        folder=folder,
        task_queue=Path(folder).name,
        mail_port=bench.mail_port,
        cached=2 * size.under_way + WARM_UP,
        pace=size.pace,
        first_customer=first,
        records_steps=side.records_steps,
    )
    running = await Running.start(side, orders, 2 * (size.journeys + WARM_UP))
    bench.customers.running = running
    try:
        feed = Feed(running, first)
        await feed.journeys(WARM_UP, WARM_UP)
        before = cpu_seconds(running.pid), cpu_seconds(bench.server.pid)
        per_second = await feed.journeys(size.journeys, size.under_way)
        after = cpu_seconds(running.pid), cpu_seconds(bench.server.pid)
        events, length = await _histories(bench.client, running)
        [(strayed,)] = running.ask(side.strayed)
    finally:
        bench.customers.running = None
        await running.stop()
    worker, server = (1000 * (b - a) / size.journeys for a, b in zip(before, after, strict=True))
    return Round(side.name, size.journeys, per_second, worker, server, events, length, strayed)


class Feed:
    """Places orders, one a customer, and watches the journeys that they start."""

    def __init__(self, running: Running, first_customer: int) -> None:
        self._running = running
        self._first = first_customer
        self._placed = 0

    async def journeys(self, count: int, under_way: int) -> float:
        """Bring so many journeys to their end and return how many ended a second while the house was full."""
        before = self._progress()
        placed_before, ends = self._placed, [(time.monotonic(), 0)]
        while ends[-1][1] < count:
            begun, ended, spared = (now - then for now, then in zip(self._progress(), before, strict=True))
            if ended > ends[-1][1]:
                ends.append((time.monotonic(), ended))
            coming = self._placed - placed_before - spared
            for _ in range(min(count - coming, under_way - (coming - ended), WAITING - (coming - begun))):
                self._place()
            self._running.must_run()
            if time.monotonic() - ends[-1][0] > STALLED_SECONDS:
                raise AssertionError(
                    f"{self._running.side.name}: no journey ended for {STALLED_SECONDS} seconds"
                )
            await asyncio.sleep(LOOK_SECONDS)
        return _steady(ends, under_way, count)

    def _progress(self) -> tuple[int, int, int]:
        [(begun, ended, spared)] = self._running.ask(self._running.side.progress)
        return begun, ended, spared

    def _place(self) -> None:
        customer = self._first + self._placed
        self._running.tell("order", f"o-{customer}", customer, AMOUNT)
        self._placed += 1


def _steady(ends: list[tuple[float, int]], under_way: int, count: int) -> float:
    """Return the rate from when the first have ended until no further order was placed; else that of it all."""
    full = [(at, ended) for at, ended in ends if under_way / 4 <= ended <= count - under_way]
    (start, first), (end, last) = (full[0], full[-1]) if len(full) > 1 else (ends[0], ends[-1])
    return (last - first) / (end - start)


async def _histories(client: Client, running: Running) -> tuple[float, float]:
    """Return the median length of some histories, in events and in bytes, as the server counts them."""
    lengths = []
    for (name,) in running.ask(running.side.ids, {"limit": HISTORIES}):
        info = (await client.get_workflow_handle(name).describe()).raw_description.workflow_execution_info
        lengths.append((info.history_length, info.history_size_bytes))
    events, sizes = zip(*lengths, strict=True)
    return median(events), median(sizes)

"""So many instances, each of which waits for its coupon to be redeemed, and what they hold."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.consumption import cpu_seconds, file_bytes, resident_bytes
from benchmarks.journeys.intake import Orders
from benchmarks.journeys.rounds import AMOUNT
from benchmarks.journeys.running import Running
from benchmarks.journeys.side import PUNCHCARD
from benchmarks.null_mail import serve_null_mail
from benchmarks.temporal_server import TemporalServer, run_temporal
from punchcard.errors import ConfigurationError

# The example's budget: what exceeds it would be an incident, not a sleeper.
MOST = 10_000
FALLING_ASLEEP = 100
LOOK_SECONDS = 0.1
REST_SECONDS = 10.0

_ASLEEP = (
    "SELECT count(*) FILTER (WHERE phase = 'waiting'),"
    " (SELECT count(*) FROM occasion WHERE disposition = 'held_out') FROM instance"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What there was at one moment: memory of both processes and size of both databases, in bytes."""

    worker: int
    server: int
    server_database: int
    own_database: int


@dataclass(frozen=True, slots=True)
class Sleepers:
    """What so many sleeping instances hold, what was there before them, and the CPU that watching them takes."""

    instances: int
    before: Held
    after: Held
    per_second: float
    worker_idle: float
    server_idle: float


async def measure_sleeping(folder: Path, instances: int, say: Callable[[str], None]) -> Sleepers:
    """Bring instances to their first wait, by orders as ever, and look at them once all is quiet."""
    if not 1 <= instances <= MOST:
        raise ConfigurationError(
            f"{instances} sleeping instances cannot be had: the example's budget is {MOST} rewards.",
            remedy=f"Choose 1 to {MOST}.",
        )
    async with run_temporal(folder) as server, serve_null_mail(lambda recipient: None) as mail_port:
        orders = Orders(
            address=server.address,
            folder=tempfile.mkdtemp(dir=folder),
            task_queue="sleeping",
            mail_port=mail_port,
            cached=instances,
            pace=1,
            first_customer=1,
        )
        running = await Running.start(PUNCHCARD, orders, 2 * instances + FALLING_ASLEEP)
        try:
            before = _held(running, server, orders)
            per_second = await _fall_asleep(running, instances, say)
            idle = await _rest(running, server)
            after = _held(running, server, orders)
        finally:
            await running.stop()
    return Sleepers(instances, before, after, per_second, *idle)


async def _fall_asleep(running: Running, instances: int, say: Callable[[str], None]) -> float:
    """Place orders as fast as they are worked off; return how many instances came to rest in a second."""
    placed, told, began = 0, 0, time.monotonic()
    while True:
        [(asleep, held_out)] = running.ask(_ASLEEP)
        if asleep >= instances:
            return int(asleep) / (time.monotonic() - began)
        if asleep >= told + 1000:
            told = asleep
            say(f"sleeping: {asleep} of {instances}")
        coming = placed - held_out
        for _ in range(min(instances - coming, FALLING_ASLEEP - (coming - asleep))):
            placed += 1
            running.tell("order", f"o-{placed}", placed, AMOUNT)
        running.must_run()
        await asyncio.sleep(LOOK_SECONDS)


async def _rest(running: Running, server: TemporalServer) -> tuple[float, float]:
    """Let it rest, and return which share of one core worker and server use meanwhile."""
    before = cpu_seconds(running.pid), cpu_seconds(server.pid)
    await asyncio.sleep(REST_SECONDS)
    after = cpu_seconds(running.pid), cpu_seconds(server.pid)
    return (after[0] - before[0]) / REST_SECONDS, (after[1] - before[1]) / REST_SECONDS


def _held(running: Running, server: TemporalServer, orders: Orders) -> Held:
    return Held(
        worker=resident_bytes(running.pid),
        server=resident_bytes(server.pid),
        server_database=file_bytes(server.database),
        own_database=file_bytes(PUNCHCARD.database(orders)),
    )

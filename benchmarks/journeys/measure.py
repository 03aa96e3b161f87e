"""The sides in turns on one server, and how Punchcard compares with each of the others."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client

from benchmarks.figures import Figure, figure
from benchmarks.journeys.customers import Customers
from benchmarks.journeys.rounds import Bench, Round, Size, run_round
from benchmarks.journeys.side import BY_HAND, BY_HAND_LEAN, PUNCHCARD, Side
from benchmarks.null_mail import serve_null_mail
from benchmarks.temporal_server import run_temporal

SIDES = (PUNCHCARD, BY_HAND, BY_HAND_LEAN)


@dataclass(frozen=True, slots=True)
class SideFigures:
    """One side over all rounds. CPU is in milliseconds for each journey, events and bytes for each history.

    `ratio` is Punchcard's journeys per second in terms of this side's, round by round.
    """

    side: str
    per_second: Figure
    ratio: Figure
    worker_ms: Figure
    server_ms: Figure
    events: Figure
    bytes: Figure
    journeys: int
    strayed: int


async def measure_journeys(
    folder: Path, size: Size, rounds: int, say: Callable[[str], None]
) -> list[SideFigures]:
    """Run every side so many times, each time in the opposite order."""
    found: dict[str, list[Round]] = {side.name: [] for side in SIDES}
    customers = Customers(size.thinks)
    async with run_temporal(folder) as server, serve_null_mail(customers.on_mail) as mail_port:
        client = await Client.connect(server.address)
        bench = Bench(server, client, mail_port, customers, folder, itertools.count(1))
        for turn in range(rounds):
            order: Sequence[Side] = SIDES if turn % 2 == 0 else SIDES[::-1]
            for side in order:
                one = await run_round(bench, side, size)
                say(f"journeys: round {turn + 1} of {rounds}, {side.name}: {one.per_second:.1f} a second")
                found[side.name].append(one)
    return [_figures(each, found[PUNCHCARD.name]) for each in found.values()]


def _figures(rounds: list[Round], ours: list[Round]) -> SideFigures:
    return SideFigures(
        side=rounds[0].side,
        per_second=figure([one.per_second for one in rounds]),
        ratio=figure([our.per_second / one.per_second for our, one in zip(ours, rounds, strict=True)]),
        worker_ms=figure([one.worker_ms for one in rounds]),
        server_ms=figure([one.server_ms for one in rounds]),
        events=figure([one.events for one in rounds]),
        bytes=figure([one.bytes for one in rounds]),
        journeys=sum(one.journeys for one in rounds),
        strayed=sum(one.strayed for one in rounds),
    )

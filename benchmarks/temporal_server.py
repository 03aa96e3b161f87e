"""The Temporal server of a run: the embedded one, as Punchcard starts it, in a folder of its own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from punchcard.embedded.child import Child
from punchcard.embedded.ports import free_port
from punchcard.embedded.service import Service
from punchcard.embedded.temporal_server import ENVIRONMENT, is_serving, temporal_command
from punchcard.settings import LOOPBACK


@dataclass(frozen=True, slots=True)
class TemporalServer:
    """Where it answers, its process, and its file."""

    address: str
    pid: int
    database: Path


@contextlib.asynccontextmanager
async def run_temporal(folder: Path) -> AsyncIterator[TemporalServer]:
    """Run a server while the block lasts."""
    port = free_port()
    address, database = f"{LOOPBACK}:{port}", folder / "temporal.db"
    service = Service(
        name="temporal",
        command=temporal_command(database, port, ui_port=None),
        is_healthy=lambda: is_serving({"target_host": address}),
        environment=ENVIRONMENT,
    )
    child = await Child.start(service, dict(os.environ), folder / "temporal.log")
    try:
        await child.become_healthy()
        yield TemporalServer(address, child.process.pid, database)
    finally:
        await child.stop()

"""A real Temporal server for tests; each test keeps to its own task queue."""

import asyncio
import os
from pathlib import Path

from punchcard.embedded.temporal_server import ENVIRONMENT, is_serving, temporal_command
from tests.support.ports import free_port
from tests.support.run_servers import RunningServer, shared_server, spawn, wait_until

# Lets a single execution skip time, so that a wait of weeks ends at once.
TIME_SKIPPING = {"frontend.WorkflowTimeSkippingEnabled": "true"}


def start_temporal(folder: Path) -> RunningServer:
    """Start a server whose file and log lie in `folder`; it has no web page."""
    port = free_port()
    command = temporal_command(folder / "temporal.db", port, ui_port=None, dynamic_config=TIME_SKIPPING)
    pid = spawn(command, {**os.environ, **ENVIRONMENT}, folder / "temporal.log")
    address = f"127.0.0.1:{port}"
    wait_until(lambda: _answers(address), what="the Temporal server")
    return RunningServer(address, pid)


def shared_temporal() -> RunningServer:
    """Return the run's server."""
    return shared_server("temporal", start_temporal)


def _answers(address: str) -> bool:
    return asyncio.run(is_serving({"target_host": address}))

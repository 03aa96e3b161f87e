"""The whole system as processes of its own, any of which can be killed at any moment and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from punchcard.cli.publishing import publish_paths
from punchcard.cli.schema import upgrade
from punchcard.domain.clock import Clock, set_clock
from punchcard.domain.database import Database
from punchcard.domain.keys import create_key
from punchcard.embedded.temporal_server import ENVIRONMENT, temporal_command
from punchcard.settings import Settings
from tests.support.forked import Forked
from tests.support.ports import free_port
from tests.support.run_servers import PATIENCE, wait_until
from tests.support.temporal import _answers

PACE = 43_200  # a business day is two seconds


class System:
    """Temporal, mail sink, worker and API over one data directory."""

    def __init__(self, folder: Path, campaign: str, programme: str = "") -> None:
        """Prepare the database, the campaign and a key; nothing runs yet."""
        self.folder = folder
        self._ports = {name: free_port() for name in ("temporal", "api", "worker", "mail-sink")}
        self._processes: dict[str, subprocess.Popen[bytes] | Forked] = {}
        definitions = folder / "definitions"
        definitions.mkdir(parents=True)
        (definitions / "storm.yaml").write_text(campaign, encoding="utf-8")
        (definitions / "programme.yaml").write_text(programme, encoding="utf-8")
        settings = Settings(data_dir=folder)
        upgrade(settings)
        self.database = Database(settings.database)
        now = time.time_ns() // 1_000_000
        with self.database.begin() as connection:
            set_clock(connection, Clock(wall=now, business=now, factor=PACE))
            _, self.key = create_key(connection, "storm", ["events:write"], "test", now)
        publish_paths(self.database, [definitions / "storm.yaml"], "test")

    def __enter__(self) -> Self:
        """Start everything."""
        for name in ("temporal", "mail-sink", "worker", "api"):
            self.start(name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        for process in self._processes.values():
            process.kill()
            process.wait()
        self.database.close()

    @property
    def api(self) -> str:
        """Where the API answers."""
        return f"http://127.0.0.1:{self._ports['api']}"

    @property
    def temporal(self) -> str:
        """Where Temporal answers."""
        return f"127.0.0.1:{self._ports['temporal']}"

    def start(self, name: str, *module: str) -> None:
        """Start one process, by another module where one is given, and wait until it is healthy."""
        self.launch(name, *module)
        wait_until(self._health(name), what=name)

    def launch(self, name: str, *module: str) -> None:
        """Start one process, which may die before anybody asks how it is."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = (
                self._start_temporal(log)
                if name == "temporal"
                else Forked(module or ("punchcard.cli", name), self.environment(), self.folder, log.fileno())
            )

    def _start_temporal(self, log: BinaryIO) -> subprocess.Popen[bytes]:
        command = temporal_command(self.folder / "temporal.db", self._ports["temporal"], ui_port=None)
        return subprocess.Popen(
            command, env=self.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )

    def kill(self, name: str) -> None:
        """Kill one process as a power cut would, and return when it is gone."""
        self._processes[name].send_signal(signal.SIGKILL)
        self._processes[name].wait()

    def wait_for_death(self, name: str) -> None:
        """Return when a process has ended by itself."""
        self._processes[name].wait(timeout=PATIENCE)

    def is_dead(self, name: str) -> bool:
        """Whether a process has ended by itself."""
        process = self._processes[name]
        return isinstance(process, Forked) and process.has_ended()

    def run(self, *words: str) -> str:
        """Run a command of the command line on this installation, and return what it said."""
        said = self.folder / "said.txt"
        with said.open("wb") as file:
            Forked(("punchcard.cli", *words), self.environment(), self.folder, file.fileno()).wait(PATIENCE)
        return said.read_text("utf-8")

    def environment(self) -> dict[str, str]:
        """Return what the processes find in their environment."""
        return {
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("PUNCHCARD_", "TEMPORAL_"))
            },
            **ENVIRONMENT,
            "TEMPORAL_ADDRESS": self.temporal,
            "PUNCHCARD_DATA_DIR": str(self.folder),
            "PUNCHCARD_SECRET_KEY": "storm" * 10,
            "PUNCHCARD_CALL_NETWORKS": "127.0.0.0/8",
            "PUNCHCARD_API_PORT": str(self._ports["api"]),
            "PUNCHCARD_WORKER_PORT": str(self._ports["worker"]),
            "PUNCHCARD_SMTP_HOST": "127.0.0.1",
            "PUNCHCARD_SMTP_PORT": str(self._ports["mail-sink"]),
        }

    def _health(self, name: str) -> Callable[[], bool]:
        port = self._ports[name]
        if name == "temporal":
            return lambda: _listens(port) and _answers(self.temporal)
        if name == "mail-sink":
            return lambda: _listens(port)
        return lambda: _is_ready(port)


def _is_ready(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.closing(connection):
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

"""Processes of this project for tests: as `python -m MODULE` would start them, without its second of imports."""

from __future__ import annotations

import json
import os
import select
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.run_servers import RunningServer, shared_server, spawn, wait_until

_ROOT = Path(__file__).parents[2]


class Forked:
    """A running process."""

    def __init__(
        self, words: tuple[str, ...], environment: Mapping[str, str], folder: Path, output: int
    ) -> None:
        """Start `python -m` with these words; what it says goes to a file that is open."""
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(shared_fork().address)
        asked = {"words": words, "environment": dict(environment), "folder": str(folder)}
        nothing = os.open(os.devnull, os.O_RDONLY)
        try:
            socket.send_fds(self._connection, [b" "], [nothing, output, output])
        finally:
            os.close(nothing)
        self._connection.sendall(json.dumps(asked).encode() + b"\n")
        self._answers = self._connection.makefile("r")
        self.pid = int(self._answers.readline())
        self._code: int | None = None

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it runs."""
        if self._code is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(9)

    def has_ended(self) -> bool:
        """Whether it has ended."""
        return self._code is not None or bool(select.select([self._connection], [], [], 0)[0])

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code when it has ended."""
        if self._code is None:
            self._connection.settimeout(timeout)
            self._code = int(self._answers.readline())
            self._answers.close()
            self._connection.close()
        return self._code


def shared_fork() -> RunningServer:
    """Return the run's forking process; its address is a socket's path."""
    return shared_server("fork", _start)


def _start(folder: Path) -> RunningServer:
    path = folder / "socket"
    command = (sys.executable, "-m", "tests.support.forking", str(path))
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    pid = spawn(command, environment, folder / "log")
    wait_until(path.exists, what="the forking process")
    return RunningServer(str(path), pid)

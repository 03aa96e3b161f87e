"""What stands in the way of `punchcard up` is one line; and running it, for other tests (see test_demo.py)."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from punchcard.embedded.data_directory import FileLock, prepare
from tests.support.command import punchcard
from tests.support.ports import free_port
from tests.support.run_servers import PATIENCE


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation in a folder of the test, on free ports."""
    ports = ("API_PORT", "WORKER_PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT", "SMTP_PORT")
    return {
        "PUNCHCARD_DATA_DIR": str(tmp_path / "data"),
        **{f"PUNCHCARD_{name}": str(free_port()) for name in ports},
    }


def test_a_taken_port_is_one_line(environment: dict[str, str]) -> None:
    """The port, the purpose and the setting that chooses another."""
    port = int(environment["PUNCHCARD_TEMPORAL_PORT"])
    with socket.create_server(("127.0.0.1", port)):
        result = punchcard("up", **environment)
    assert result.returncode == 1
    assert result.stderr.startswith(
        f"error: Port {port} for the Temporal server cannot be used (Address already"
    )
    assert "PUNCHCARD_TEMPORAL_PORT=" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_second_start_is_one_line(environment: dict[str, str], tmp_path: Path) -> None:
    """The process that has the directory is named."""
    prepare(tmp_path / "data")
    with FileLock(tmp_path / "data" / "punchcard.lock", "Punchcard"):
        result = punchcard("up", **environment)
    assert result.returncode == 1
    assert f"still runs on {tmp_path}/data (process {os.getpid()}). Stop it (kill " in result.stderr


def test_a_file_that_temporal_cannot_read_is_one_error(environment: dict[str, str], tmp_path: Path) -> None:
    """The server's own reason and its log are named."""
    prepare(tmp_path / "data")
    (tmp_path / "data" / "temporal.db").write_bytes(b"this is no database" * 500)
    result = punchcard("up", **environment)
    assert result.returncode == 1
    error = result.stderr.splitlines()[-1]
    assert "file is not a database" in error
    assert error.endswith("data/logs/temporal.log.")


def test_an_outside_temporal_that_is_silent_is_one_line(environment: dict[str, str]) -> None:
    """The address and both ways out."""
    result = punchcard("up", **environment, TEMPORAL_ADDRESS=f"127.0.0.1:{free_port()}")
    assert result.returncode == 1
    assert "No Temporal server with this namespace answers at 127.0.0.1:" in result.stderr


def is_ready(address: str) -> bool:
    """Whether the API says so; on a busy machine it may take its time, or miss another's answer once."""
    return httpx.get(f"{address}/readyz", timeout=PATIENCE).status_code == 200


@dataclass
class Up:
    """A running `punchcard up`."""

    process: subprocess.Popen[bytes]
    output: Path

    def said(self) -> str:
        """What it has printed so far."""
        return self.output.read_text()

    def children(self) -> dict[str, int]:
        """The processes that it runs now, by the service's name."""
        listing = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        )
        lines = (line.split() for line in listing.stdout.splitlines())
        mine = (words for words in lines if words[1] == str(self.process.pid))
        return {"temporal" if "start-dev" in words else words[-1]: int(words[0]) for words in mine}

    def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE)


@contextlib.contextmanager
def up(environment: dict[str, str], folder: Path, *words: str, module: str = "punchcard.cli") -> Iterator[Up]:
    """Run the command, with `words` after it, while the block lasts; by a module that stands for `punchcard`."""
    output = folder / "output.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "up", *words],
            env={**os.environ, **environment, "COLUMNS": "200"},
            stdout=file,
            stderr=file,
        )
    with process:
        try:
            yield Up(process, output)
        finally:
            process.terminate()

"""`punchcard up` as a person meets it: one command, and one line for what stands in the way."""

import contextlib
import os
import signal
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
from tests.support.run_servers import PATIENCE, is_running, wait_until


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


def test_everything_starts_survives_a_crash_and_stops(environment: dict[str, str], tmp_path: Path) -> None:
    """One command runs all of it; what is killed comes back; SIGTERM ends it cleanly, and nothing is left.

    That it goes on with the same data when it is started again is shown by the demo (test_demo.py).
    """
    address = f"http://127.0.0.1:{environment['PUNCHCARD_API_PORT']}"
    with up(environment, tmp_path) as running:
        wait_until(lambda: "Press Ctrl-C" in running.said(), what="everything to be healthy")
        assert address in running.said()
        wait_until(lambda: is_ready(address), what="the API to be ready")
        before = running.children()
        assert set(before) == {"temporal", "mail-sink", "worker", "api"}

        os.kill(before["api"], signal.SIGKILL)
        wait_until(lambda: running.said().count("api healthy") > 1, what="the API to come back")
        wait_until(lambda: is_ready(address), what="the API to be ready")
        after = running.children()
        assert running.stop() == 0
    assert running.said().rstrip().endswith("Start again with the same command to go on where it was.")
    assert not any(is_running(pid) for pid in {*before.values(), *after.values()})
    assert not (tmp_path / "data" / "logs" / "api.log.1").exists()


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
def up(environment: dict[str, str], folder: Path, *words: str) -> Iterator[Up]:
    """Run the command, with `words` after it, while the block lasts."""
    output = folder / "output.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "punchcard.cli", "up", *words],
            env={**os.environ, **environment, "COLUMNS": "200"},
            stdout=file,
            stderr=file,
        )
    with process:
        try:
            yield Up(process, output)
        finally:
            process.terminate()

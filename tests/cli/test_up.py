"""`punchcard up` as a person meets it: one command, and one line for what stands in the way."""

import os
import socket
from pathlib import Path

import pytest

from punchcard.embedded.data_directory import FileLock, prepare
from punchcard.embedded.ports import free_port
from tests.cli.test_main import punchcard


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

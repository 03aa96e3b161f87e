"""Fixtures that every test may use: real servers, shared by the run, and what isolates tests on them."""

import gc
import os
import secrets
import sys
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from temporalio.client import Client

from tests.support import passwords, ports, run_servers
from tests.support.depth import examples
from tests.support.engines import shared_compilations
from tests.support.forked_workers import fork_workers
from tests.support.grouping import ByFile
from tests.support.postgres import database_with_tables, fresh_database, shared_postgres
from tests.support.temporal import shared_temporal

# How long examples take to make says something of the machine, and nothing of the code.
settings.register_profile(
    "any-machine", deadline=None, derandomize=examples(1) == 1, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")


def _is_first_process(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """Open the run in the first process; the others find it in their environment."""
    if _is_first_process(config):
        run_servers.open_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run has started."""
    if _is_first_process(config):
        run_servers.close_run()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes more than there are processors: while tests wait for servers, others run."""
    return (os.cpu_count() or 1) + 2


def pytest_xdist_setupnodes(config: pytest.Config, specs: list[Any]) -> None:
    """Fork the processes that run the tests, where the system can."""
    if sys.platform == "linux":
        fork_workers(config, specs)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Keep together what belongs together."""
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the collector from going through what is imported for good, while it is imported and ever after."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that may take long, so that no worker is left alone with one of them in the end.

    Those on a Temporal server wait more than they work: spread evenly among the others, they leave no processor idle.
    """
    long = sorted(filter(_patience, items), key=_patience, reverse=True)
    waiting = [item for item in items if not _patience(item) and _waits(item)]
    working = [item for item in items if not _patience(item) and not _waits(item)]
    turns = [(place / len(part), item) for part in (waiting, working) for place, item in enumerate(part)]
    items[:] = [*long, *(item for _, item in sorted(turns, key=lambda turn: turn[0]))]


def _waits(item: pytest.Item) -> bool:
    return "temporal_server" in getattr(item, "fixturenames", ())


def _patience(item: pytest.Item) -> float:
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else 0.0


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped (PUNCHCARD_NO_SKIPS=1), a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not _is_first_process(session.config):
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and os.environ.get("PUNCHCARD_NO_SKIPS"):
        reporter.write_line(f"{len(skipped)} skipped, and PUNCHCARD_NO_SKIPS is set", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Hash passwords with little effort."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords.HASHER, passwords.CHEAP)
        yield


@pytest.fixture(scope="session", autouse=True)
def _shared_compilations() -> Iterator[None]:
    """Compile each statement once in a process."""
    with shared_compilations():
        yield


@pytest.fixture(scope="session")
def temporal_server() -> str:
    """The address of a Temporal server that the whole run shares."""
    return shared_temporal().address


@pytest.fixture
async def temporal_client(temporal_server: str) -> Client:
    """A client of the shared Temporal server."""
    return await Client.connect(temporal_server)


@pytest.fixture
def task_queue() -> str:
    """A task queue that no other test uses."""
    return f"test-{secrets.token_hex(6)}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped when the test ends."""
    with fresh_database(shared_postgres()) as url:
        yield url


@pytest.fixture
def postgres_tables() -> Iterator[str]:
    """The URL of a PostgreSQL database with every table, emptied when the test ends."""
    with database_with_tables(shared_postgres()) as url:
        yield url


@pytest.fixture
def free_port() -> int:
    """A loopback port that nobody listens on."""
    return ports.free_port()

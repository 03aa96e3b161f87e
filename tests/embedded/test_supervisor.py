"""The supervisor keeps real processes running and leaves none behind."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from punchcard.embedded.mail_sink import is_accepting
from punchcard.embedded.service import Service
from punchcard.embedded.supervisor import Happening, Notice, Supervisor
from punchcard.errors import BinaryCannotStartError, EmbeddedServerError, UnhealthyError
from tests.support.ports import free_port
from tests.support.run_servers import PATIENCE, is_running, wait_until

GREETER = """
import signal, socket, sys
if {deaf}: signal.signal(signal.SIGTERM, signal.SIG_IGN)
server = socket.create_server(("127.0.0.1", {port}))
while True:
    server.accept()[0].sendall(b"220 here\\r\\n")
"""


def greeter(name: str, *, deaf: bool = False, stop_within: float = PATIENCE) -> Service:
    """A service that greets like a mail server; a deaf one does not stop when asked."""
    port = free_port()
    return Service(
        name,
        (sys.executable, "-c", GREETER.format(port=port, deaf=deaf)),
        lambda: is_accepting("127.0.0.1", port),
        stop_within_seconds=stop_within,
    )


@contextlib.asynccontextmanager
async def supervising(folder: Path, notices: list[Notice]) -> AsyncIterator[Supervisor]:
    """A supervisor that writes down what it reports."""
    async with Supervisor(folder, notices.append) as supervisor:
        yield supervisor


async def until(notices: list[Notice], wanted: tuple[str, Happening], count: int = 1) -> None:
    """Wait until something was reported so many times."""
    async with asyncio.timeout(PATIENCE):
        while [(notice.service, notice.happening) for notice in notices].count(wanted) < count:
            await asyncio.sleep(0.02)


async def test_services_start_in_order_and_stop_in_reverse(tmp_path: Path) -> None:
    """Each is healthy before the next starts; afterwards no process is left."""
    notices: list[Notice] = []
    async with supervising(tmp_path, notices) as supervisor:
        await supervisor.start(greeter("first"))
        await supervisor.start(greeter("second"))
        pids = [supervisor.process_id(name) for name in ("first", "second")]
        assert all(map(is_running, pids))
    assert not any(map(is_running, pids))
    assert [f"{notice.service} {notice.happening}" for notice in notices] == [
        "first starting",
        "first healthy",
        "second starting",
        "second healthy",
        "second stopping",
        "second stopped",
        "first stopping",
        "first stopped",
    ]


async def test_a_service_can_be_stopped_and_started_again(tmp_path: Path) -> None:
    """While it is stopped, nobody starts it; in the end each one is stopped once."""
    notices: list[Notice] = []
    async with supervising(tmp_path, notices) as supervisor:
        service = greeter("again")
        await supervisor.start(greeter("other"))
        await supervisor.start(service)
        first = supervisor.process_id("again")
        await supervisor.stop("again")
        assert not is_running(first)
        await supervisor.start(service)
        second = supervisor.process_id("again")
        await supervisor.stop("other")
    assert not is_running(second)
    said = [f"{notice.service} {notice.happening}" for notice in notices]
    assert said.count("again stopped") == 2
    assert said.count("other stopped") == 1
    assert "crashed" not in {notice.happening for notice in notices}


async def test_a_killed_service_comes_back(tmp_path: Path) -> None:
    """It runs again in another process, and again after a second time."""
    notices: list[Notice] = []
    async with supervising(tmp_path, notices) as supervisor:
        await supervisor.start(greeter("phoenix"))
        seen = set()
        for healthy in (2, 3):
            seen.add(supervisor.process_id("phoenix"))
            os.kill(supervisor.process_id("phoenix"), signal.SIGKILL)
            await until(notices, ("phoenix", Happening.HEALTHY), healthy)
        assert supervisor.process_id("phoenix") not in seen
    crash = next(notice for notice in notices if notice.happening is Happening.CRASHED)
    assert "exit code -9" in crash.detail


async def test_a_service_that_ends_at_once_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    """The error says what the program said and where its log is; what ran before is stopped."""
    broken = Service("broken", (sys.executable, "-c", "raise SystemExit('no such colour')"), never)
    async with supervising(tmp_path, []) as supervisor:
        await supervisor.start(greeter("before"))
        pid = supervisor.process_id("before")
        with pytest.raises(EmbeddedServerError, match=r"exit code 1 .*no such colour.*broken\.log"):
            await supervisor.start(broken)
    assert not is_running(pid)


async def test_a_service_that_stays_silent_is_an_error(tmp_path: Path) -> None:
    """It is stopped again, and the error says how long it was given."""
    silent = Service("silent", ("/bin/sleep", "600"), never, start_within_seconds=0.3)
    async with supervising(tmp_path, []) as supervisor:
        with pytest.raises(UnhealthyError, match="silent was not healthy within"):
            await supervisor.start(silent)


async def test_a_program_that_cannot_be_run_is_an_error(tmp_path: Path) -> None:
    """A file that is no program is named, with the remedy."""
    program = tmp_path / "server"
    program.write_bytes(b"\x00not a program")
    program.chmod(0o755)
    async with supervising(tmp_path, []) as supervisor:
        with pytest.raises(BinaryCannotStartError, match="cannot be run: Exec format error"):
            await supervisor.start(Service("odd", (str(program),), never))


async def test_a_deaf_service_is_killed(tmp_path: Path) -> None:
    """What does not stop in its time is ended, and that is reported."""
    notices: list[Notice] = []
    async with supervising(tmp_path, notices) as supervisor:
        await supervisor.start(greeter("deaf", deaf=True, stop_within=0.3))
        pid = supervisor.process_id("deaf")
    assert not is_running(pid)
    assert notices[-1].happening is Happening.KILLED


async def test_the_log_of_the_start_before_is_kept(tmp_path: Path) -> None:
    """A new start writes a new log and keeps the last one beside it."""
    (tmp_path / "chatty.log").write_text("of yesterday")
    async with supervising(tmp_path, []) as supervisor:
        await supervisor.start(greeter("chatty"))
    assert (tmp_path / "chatty.log.1").read_text() == "of yesterday"
    assert (tmp_path / "chatty.log").read_text() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_nothing_survives_a_killed_supervisor(tmp_path: Path) -> None:
    """After `kill -9` of the supervisor its services end too."""
    script = textwrap.dedent(
        f"""
        import asyncio, pathlib
        from punchcard.embedded.supervisor import Supervisor
        from tests.embedded.test_supervisor import greeter

        async def main():
            async with Supervisor(pathlib.Path({str(tmp_path)!r}), lambda notice: None) as supervisor:
                await supervisor.start(greeter("orphan"))
                note = pathlib.Path({str(tmp_path)!r}, "note")
                note.write_text(str(supervisor.process_id("orphan")))
                note.rename({str(tmp_path / "pid")!r})
                await asyncio.Event().wait()

        asyncio.run(main())
        """
    )
    with subprocess.Popen([sys.executable, "-c", script]) as supervisor:
        wait_until((tmp_path / "pid").exists, what="the service")
        pid = int((tmp_path / "pid").read_text())
        assert is_running(pid)
        supervisor.kill()
    wait_until(lambda: not is_running(pid), what="the service to end with its supervisor")


async def never() -> bool:
    """Never healthy."""
    return False

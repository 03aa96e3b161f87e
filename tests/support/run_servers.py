"""Servers and files that one test run makes once, on first use, and that all its processes share."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

_VARIABLE = "PUNCHCARD_TEST_RUN"
# How long anything is waited for before it counts as never coming: a busy machine may take a hundred times as long.
PATIENCE = 150.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """Where a server answers, and how to end it."""

    address: str
    pid: int
    stop_signal: int = signal.SIGTERM


def open_run() -> None:
    """Make the folder of this run; processes started from here find it in their environment."""
    folder = Path(tempfile.mkdtemp(prefix="punchcard-tests-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user
    os.environ[_VARIABLE] = str(folder)


def close_run() -> None:
    """Stop every server of the run and remove its folder."""
    folder = Path(os.environ.pop(_VARIABLE))
    for note in folder.glob("*.json"):
        _stop(RunningServer(**json.loads(note.read_text())))
    shutil.rmtree(folder, ignore_errors=True)


def run_folder() -> Path:
    """Return the folder of this run."""
    return Path(os.environ[_VARIABLE])


def shared_server(name: str, start: Callable[[Path], RunningServer]) -> RunningServer:
    """Return the run's server `name`; the first process that asks starts it in a folder of its own."""
    folder = Path(os.environ[_VARIABLE])
    note = folder / f"{name}.json"
    with _locked(folder / f"{name}.lock"):
        if not note.exists():
            (folder / name).mkdir()
            note.write_text(json.dumps(asdict(start(folder / name))))
        return RunningServer(**json.loads(note.read_text()))


def shared_file(name: str, make: Callable[[Path], None]) -> Path:
    """Return the run's file `name`; the first process that asks makes it."""
    file = run_folder() / name
    with _locked(run_folder() / f"{name}.lock"):
        if not file.exists():
            fresh = run_folder() / f"new-{name}"
            make(fresh)
            fresh.rename(file)
    return file


def note_server(name: str, start: Callable[[Path], RunningServer]) -> Path:
    """Start a server of the run that nobody else asks for, and return its folder."""
    shared_server(name, start)
    return run_folder() / name


def spawn(command: tuple[str, ...], environment: Mapping[str, str], log: Path) -> int:
    """Start a program that may outlive this process, in a session of its own; return its process id."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        redirect = [(os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)]
        return os.posix_spawn(command[0], command, environment, file_actions=redirect, setsid=True)
    finally:
        os.close(output)


def wait_until(condition: Callable[[], bool], *, what: str, seconds: float = PATIENCE) -> None:
    """Return as soon as `condition` holds; fail, saying `what` was awaited, if it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} seconds in vain for {what}")
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Return whether the process exists and is more than a dead entry that nobody has collected."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def _stop(server: RunningServer) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(server.pid, server.stop_signal)
        wait_until(lambda: not is_running(server.pid), what=f"{server.address} to stop")


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

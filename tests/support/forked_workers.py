"""The run's worker processes, forked from one that has imported every test: to do that takes each of them seconds."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from punchcard.embedded.parent_death import end_with_parent
from tests.support.forking import listen
from tests.support.run_servers import RunningServer, note_server

# What a worker is started by: it hands its input and outputs on to the process that is forked for it.
_LAUNCHER = """\
import json, os, socket, sys, time
while not os.path.exists({address!r}):
    time.sleep(0.02)
    os.kill({pid}, 0)
fork = socket.socket(socket.AF_UNIX)
fork.connect({address!r})
socket.send_fds(fork, [b" "], [0, 1, 2])
for number in (0, 1):
    os.close(number)
asked = {{"words": sys.argv[1:], "environment": dict(os.environ), "folder": os.getcwd()}}
fork.sendall(json.dumps(asked).encode() + b"\\n")
pid, code = fork.makefile("r")
os._exit(int(code) & 255)
"""


def fork_workers(config: pytest.Config, specs: Sequence[Any]) -> None:
    """Fork the process that the workers of these specifications will be forked from."""
    folder = note_server("workers", lambda folder: _start(folder, config))
    address, pid = str(folder / "socket"), int((folder / "pid").read_text())
    launcher = folder / "launch.py"
    launcher.write_text(_LAUNCHER.format(address=address, pid=pid))
    for spec in specs:
        spec.python = f"{sys.executable} -IS {launcher}"


def _start(folder: Path, config: pytest.Config) -> RunningServer:
    follow = end_with_parent()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            if follow is not None:
                follow()
            _import_tests(config)
            listen(str(folder / "socket"), _work)
        finally:
            os._exit(1)
    (folder / "pid").write_text(str(pid))
    return RunningServer(str(folder / "socket"), pid)


def _import_tests(config: pytest.Config) -> None:
    """Import what the run will collect; what cannot be imported is told by the workers, which try it again."""
    gc.disable()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path in _files(config):
            name = ".".join(path.relative_to(config.rootpath).with_suffix("").parts)
            with contextlib.suppress(BaseException):
                importlib.import_module(name)
    gc.enable()


def _files(config: pytest.Config) -> Iterator[Path]:
    for argument in config.args:
        path = (config.invocation_params.dir / argument.partition("::")[0]).resolve()
        if path.is_dir() and path.is_relative_to(config.rootpath):
            yield from sorted((*path.rglob("conftest.py"), *path.rglob("test_*.py")))
        elif path.is_file() and path.is_relative_to(config.rootpath):
            yield path


def _work(request: dict[str, Any]) -> None:
    """Do what the controlling process sends."""
    sys.argv = ["-c"]
    names = {"__name__": "__main__", "__builtins__": __builtins__}
    exec("import sys;exec(eval(sys.stdin.readline()))", names)
    os._exit(0)

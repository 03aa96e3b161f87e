"""A process that has imported everything and forks what is asked for: `python -m tests.support.forking SOCKET`.

To import all of it anew takes seconds, and the tests start dozens of processes. What is forked is a process like any
other, with its own environment, folder and outputs, and can be killed at any moment.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from punchcard.cli.main import COMMANDS

MODULES = (
    *("api.app", "worker", "uvicorn", "uvicorn.lifespan.on", "uvicorn.loops.auto"),
    *("uvicorn.protocols.http.auto", "uvicorn.protocols.websockets.auto"),
    *(path.partition(":")[0] for path in COMMANDS.values()),
)
OUTPUTS = 3


def main(address: str) -> None:
    """Serve for ever; returns in a process that was forked, once it has done what was asked for."""
    for module in MODULES:
        importlib.import_module(module)
    listen(address, become)


def listen(address: str, become: Callable[[dict[str, Any]], None]) -> None:
    """Fork whatever is asked for at a socket of this path, which lets it `become` that; returns where it has."""
    gc.freeze()  # else a process would go through all of it once more in order to end
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    fresh = Path(f"{address}.new")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(fresh))
        listener.listen(64)
        fresh.rename(address)
        while True:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                return serve(connection, become)
            connection.close()


def serve(connection: socket.socket, become: Callable[[dict[str, Any]], None]) -> None:
    """Fork what is asked for, tell its number and its exit code; returns in what was forked."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    request, outputs = receive(connection)
    child = os.fork()
    if child == 0:
        connection.close()
        settle(request, outputs)
        return become(request)
    for output in outputs:
        os.close(output)
    connection.sendall(f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def receive(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return what is asked for, with its standard input and outputs."""
    text, outputs, _, _ = socket.recv_fds(connection, 1 << 16, OUTPUTS)
    while not text.endswith(b"\n"):
        text += connection.recv(1 << 16)
    return json.loads(text), outputs


def settle(request: dict[str, Any], outputs: list[int]) -> None:
    """Take on the input, the outputs, the folder, the environment and the words of what is asked for."""
    for number, output in enumerate(outputs):
        os.dup2(output, number)
        os.close(output)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    for name, number in (("stdout", 1), ("stderr", 2)):
        setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", buffering=1, closefd=False))
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = request["words"]


def become(request: dict[str, Any]) -> None:
    """Do what `python -m MODULE ARGUMENT…` does."""
    runpy.run_module(request["words"][0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])

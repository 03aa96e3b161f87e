"""Ports for tests: each is given out once in a run, and none is one that the system gives to whoever asks for any."""

from __future__ import annotations

import fcntl
import random
import socket

from tests.support.run_servers import run_folder

# Below what systems take the near ends of connections from; two runs seldom begin at the same number.
_LOWEST, _HIGHEST = 12_000, 32_000


def free_port() -> int:
    """Return a loopback port that nobody listens on, and that no other test is given."""
    with (run_folder() / "ports").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        port = int(file.read() or random.randrange(_LOWEST, _HIGHEST))
        while not _is_free(port := port + 1 if port < _HIGHEST else _LOWEST):
            pass
        file.truncate(0)
        file.write(str(port))
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

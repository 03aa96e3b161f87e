"""Ports of this machine: which are free, and which of ours another program has taken."""

import socket

from punchcard.errors import PortTakenError
from punchcard.settings import LOOPBACK


def free_port() -> int:
    """Return a loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def ensure_free(port: int, *, purpose: str, variable: str, host: str = LOOPBACK) -> None:
    """Raise PortTakenError, naming the setting that chooses another port, if `port` is in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"Port {port} for {purpose} cannot be used ({error.strerror}).",
                remedy=f"Stop the program that holds it, or choose another port: {variable}={free_port()}.",
            ) from None

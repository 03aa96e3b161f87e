"""Connections that go to the addresses that were verified, and to no others."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore

from punchcard.calling.networks import Networks
from punchcard.calling.outcome import CallNotPossible

Resolver = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as this machine knows them; OSError if it knows none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class VerifiedConnections(httpcore.AsyncNetworkBackend):
    """Looks a host up once, refuses it if any of its addresses is not permitted, and connects to what it has seen.

    TLS still asks for the host's own name, so nobody else can answer at such an address.
    """

    def __init__(self, networks: Networks, resolver: Resolver = resolve) -> None:
        self._networks = networks
        self._resolver = resolver
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of the host's addresses that answers."""
        try:
            addresses = await self._resolver(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} has no address: {error.strerror}") from error
        for address in addresses:
            if not self._networks.permit(address):
                raise CallNotPossible(
                    f"{host} leads to {address}, which is not a public address.",
                    remedy="If it is a system of your own, open its network in PUNCHCARD_CALL_NETWORKS and restart "
                    "the workers.",
                )
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._backend.connect_tcp(address, port, timeout=timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Sleep."""
        await self._backend.sleep(seconds)

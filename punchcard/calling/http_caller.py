"""Calls over HTTP: one attempt each, over a verified connection, within a time and within sizes."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

import certifi
import httpcore

from punchcard.calling.connection import Resolver, VerifiedConnections, resolve
from punchcard.calling.networks import Networks
from punchcard.calling.outcome import CallInterrupted, CallNotPossible, CallRefused
from punchcard.calling.request import Reply, Request
from punchcard.calling.signature import key_of, signed

LARGEST_REQUEST = 256 * 1024
LARGEST_REPLY = 1024 * 1024
LONGEST_PATIENCE = 15 * 60
VARIABLE = "PUNCHCARD_SECRET_"
# Statuses of 5xx are as passing as these.
PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)
Headers = list[tuple[bytes, bytes]]


def variable_of(secret: str) -> str:
    """Return the environment variable that holds a secret's value."""
    return f"{VARIABLE}{secret.upper()}"


class HttpCaller:
    """Makes requests; `secret_of` tells the value of an environment variable, `now` the wall clock's seconds.

    Nothing is taken from the environment besides: no proxy, and no certificate that is not the machine's own.
    """

    def __init__(
        self,
        networks: Networks,
        secret_of: Callable[[str], str | None],
        *,
        trust: ssl.SSLContext | None = None,
        resolver: Resolver = resolve,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._connections = VerifiedConnections(networks, resolver)
        self._secret_of = secret_of
        self._trust = trust or _usual_trust()
        self._now = now

    async def call(self, request: Request) -> Reply:
        """Make one attempt. Raises `CallInterrupted`, `CallRefused` or `CallNotPossible`."""
        host = urlsplit(request.url).hostname or ""
        if len((request.body or "").encode()) > LARGEST_REQUEST:
            raise CallRefused(f"The request to {host} is larger than {LARGEST_REQUEST // 1024} KiB.")
        headers = self._headers(request)
        began = time.monotonic()
        try:
            async with asyncio.timeout(request.timeout):
                status, answered, body, size = await self._exchange(request, headers)
        except TimeoutError:
            raise CallInterrupted(f"{host} did not answer within {request.timeout:g} seconds.") from None
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.RemoteProtocolError) as error:
            raise CallInterrupted(
                f"{host} cannot be reached: {str(error) or type(error).__name__}."
            ) from None
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise CallRefused(f"{host} cannot be asked in this way: {error}.") from None
        self._judge(host, status, answered)
        if request.wants_reply and size > LARGEST_REPLY:
            raise CallRefused(f"The reply of {host} is larger than {LARGEST_REPLY // 1024} KiB.")
        return Reply(status, body, size, round((time.monotonic() - began) * 1000))

    def _headers(self, request: Request) -> Headers:
        timestamp = int(self._now())
        headers = {
            "host": urlsplit(request.url).netloc,
            "user-agent": "Punchcard",
            "accept": "application/json",
            "accept-encoding": "identity",
            "idempotency-key": request.identity,
            "webhook-id": request.identity,
            "webhook-timestamp": str(timestamp),
        }
        if request.secret is not None:
            key = self._key(request.secret)
            headers["webhook-signature"] = signed(key, request.identity, timestamp, request.body or "")
        if request.body is not None:
            headers["content-type"] = "application/json"
        if request.method != "GET":
            headers["content-length"] = str(len((request.body or "").encode()))
        return [(name.encode(), value.encode()) for name, value in headers.items()]

    def _key(self, name: str) -> bytes:
        variable = variable_of(name)
        value = self._secret_of(variable)
        if not value:
            raise CallNotPossible(
                f"The secret `{name}` has no value here.",
                remedy=f"Set {variable} in the environment of every worker, restart them, and try the step again.",
            )
        return key_of(value, variable)

    async def _exchange(
        self, request: Request, headers: Headers
    ) -> tuple[int, dict[bytes, bytes], bytes, int]:
        """Send the request over a connection of its own; read no more of the reply than is allowed."""
        content = None if request.body is None else request.body.encode()
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._trust, network_backend=self._connections, max_keepalive_connections=0
            ) as pool,
            pool.stream(request.method, request.url, headers=headers, content=content) as reply,
        ):
            body = bytearray()
            async for chunk in reply.aiter_stream():
                body += chunk
                if len(body) > LARGEST_REPLY:
                    break
            answered = {name.lower(): value for name, value in reply.headers}
            return reply.status, answered, bytes(body), len(body)

    def _judge(self, host: str, status: int, headers: dict[bytes, bytes]) -> None:
        """Return if the status is one of success; else say whether the fault may pass."""
        if 200 <= status < 300:
            return
        words = f"{host} answered {_named(status)}"
        if 300 <= status < 400:
            raise CallRefused(f"{words} and pointed elsewhere; calls follow no redirects.")
        if status in PASSING or status >= 500:
            raise CallInterrupted(f"{words}.", after=self._patience(headers.get(b"retry-after", b"")))
        raise CallRefused(f"{words}.")

    def _patience(self, header: bytes) -> float | None:
        """The seconds that a reply asks to wait, at most a quarter of an hour."""
        text = header.decode("ascii", errors="replace").strip()
        if text.isdigit():
            seconds = float(text)
        else:
            try:
                moment = parsedate_to_datetime(text)
            except ValueError:
                return None
            aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
            seconds = (aware - datetime.fromtimestamp(self._now(), UTC)).total_seconds()
        return min(max(seconds, 0.0), LONGEST_PATIENCE)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


@cache
def _usual_trust() -> ssl.SSLContext:
    """This machine's certificate authorities, and those that browsers know."""
    trust = ssl.create_default_context()
    trust.load_verify_locations(certifi.where())
    return trust

"""Orders posted to the API as production runs it: uvicorn in a process of its own, several connections."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.ingestion.orders import SOURCE, OrderBook
from benchmarks.ingestion.way import ENROLMENT
from benchmarks.installation import install
from punchcard.domain.clock import Clock
from punchcard.domain.keys import create_key
from punchcard.embedded.parent_death import end_with_parent
from punchcard.embedded.ports import free_port
from punchcard.errors import PunchcardError
from punchcard.settings import LOOPBACK

CONNECTIONS = 4
_START_SECONDS = 60


class Http:
    """An API over a database of its own."""

    def __init__(self, name: str, url: str, folder: Path, customers: int) -> None:
        self.name = name
        self._book = OrderBook(customers)
        self._port = free_port()
        database = install(url, Clock())
        with database.begin() as connection:
            _, self._secret = create_key(connection, SOURCE, ["events:write"], SOURCE, Clock().now())
        database.close()
        self._log = folder / "api.log"
        self._process = self._serve(url, folder)
        asyncio.run(self._enrol())

    def measure(self, size: int, seconds: float) -> float:
        """See Way; the time of making the orders counts too, in this process beside the server's."""
        return asyncio.run(self._post_for(size, seconds))

    def close(self) -> None:
        """Stop the server."""
        self._process.terminate()
        self._process.wait()

    def _serve(self, url: str, folder: Path) -> subprocess.Popen[bytes]:
        environment = {
            "PUNCHCARD_DATABASE_URL": url,
            "PUNCHCARD_DATA_DIR": str(folder),
            "PUNCHCARD_API_PORT": str(self._port),
            "PUNCHCARD_SECRET_KEY": "benchmark" * 4,
            "PUNCHCARD_LOG_LEVEL": "warning",
        }
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "punchcard.cli", "api"],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=end_with_parent(),
            )

    async def _enrol(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            with contextlib.suppress(OSError):
                connection = await Connection.open(self._port, self._secret)
                break
            if self._process.poll() is not None or time.monotonic() > deadline:
                last = self._log.read_text(errors="replace").strip().rpartition("\n")[2]
                raise PunchcardError(f"The API does not serve: {last}", remedy=f"Read {self._log}.")
            await asyncio.sleep(0.05)
        for batch in self._book.enrolment(ENROLMENT):
            await connection.post({"events": [order.envelope() for order in batch]})
        connection.close()

    async def _post_for(self, size: int, seconds: float) -> float:
        connections = [await Connection.open(self._port, self._secret) for _ in range(CONNECTIONS)]
        began = time.perf_counter()

        async def post(connection: Connection) -> int:
            orders = 0
            while time.perf_counter() - began < seconds:
                envelopes = [order.envelope() for order in self._book.batch(size)]
                await connection.post(envelopes[0] if size == 1 else {"events": envelopes})
                orders += size
            connection.close()
            return orders

        orders = sum(await asyncio.gather(*map(post, connections)))
        return orders / (time.perf_counter() - began)


class Connection:
    """One connection that stays open; a client library would cost more than the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secret: str) -> None:
        self._reader, self._writer, self._secret = reader, writer, secret

    @classmethod
    async def open(cls, port: int, secret: str) -> Connection:
        """Connect to the API on this machine."""
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        return cls(reader, writer, secret)

    async def post(self, document: object) -> None:
        """Post events; anything but a plain success is an error."""
        body = json.dumps(document).encode()
        head = (
            f"POST /v1/events HTTP/1.1\r\nHost: {LOOPBACK}\r\nAuthorization: Bearer {self._secret}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        headers = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(headers.partition("content-length:")[2].partition("\r\n")[0])
        answer = await self._reader.readexactly(length)
        if headers.split()[1] != "200":
            raise PunchcardError(f"POST /v1/events was answered {headers.splitlines()[0]}: {answer[:300]!r}.")

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()

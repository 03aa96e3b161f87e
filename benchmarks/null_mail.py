"""A mail server on loopback that takes every e-mail and keeps none; it says to whom each one went."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from punchcard.settings import LOOPBACK

OnMail = Callable[[str], None]

_GREETING = b"220 null.example\r\n"
_OFFERS = b"250-null.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"


@contextlib.asynccontextmanager
async def serve_null_mail(on_mail: OnMail) -> AsyncIterator[int]:
    """Listen on a free port, which is what is given, and call `on_mail(recipient)` for each e-mail."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await _converse(reader, writer, on_mail)
        writer.close()

    server = await asyncio.start_server(converse, LOOPBACK, 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, on_mail: OnMail) -> None:
    recipient = ""
    writer.write(_GREETING)
    while line := await reader.readline():
        match line[:4].upper():
            case b"EHLO" | b"HELO":
                writer.write(_OFFERS)
            case b"RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                writer.write(b"250 OK\r\n")
            case b"DATA":
                writer.write(b"354 Go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 Taken\r\n")
                on_mail(recipient)
            case b"QUIT":
                writer.write(b"221 Bye\r\n")
                return
            case _:
                writer.write(b"250 OK\r\n")

"""The mail sink: a real SMTP server that keeps every e-mail as a file and delivers none."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from punchcard.embedded.mailbox import Mailbox

_IDENT = "Punchcard mail sink"
_SIZE_LIMIT = 32 * 1024 * 1024


class _Keeper:
    """Takes each e-mail of a session into the mailbox before it is acknowledged."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer 250 only once the file is there."""
        content = envelope.original_content or b""
        await asyncio.to_thread(
            self._mailbox.keep, content, envelope.mail_from or "", tuple(envelope.rcpt_tos)
        )
        return "250 Kept"


@contextlib.asynccontextmanager
async def serve_mail(host: str, port: int, folder: Path) -> AsyncIterator[None]:
    """Accept e-mail on `host:port` into `folder` while the block lasts."""
    keeper = _Keeper(Mailbox(folder))

    def protocol() -> Any:
        return SMTP(keeper, ident=_IDENT, data_size_limit=_SIZE_LIMIT, enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(protocol, host, port)
    async with server:
        yield


async def run_mail_sink(host: str, port: int, folder: Path) -> None:
    """Serve until SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serve_mail(host, port, folder):
        await stopped.wait()


async def is_accepting(host: str, port: int) -> bool:
    """Return whether a mail server greets at this address."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(host, port)
            greeting = await reader.readline()
            writer.close()
            return greeting.startswith(b"220")
    except (OSError, TimeoutError):
        return False

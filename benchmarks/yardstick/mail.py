"""How the hand-written shop sends: the standard library's e-mail, over a few connections that stay open."""

from __future__ import annotations

import asyncio
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import localtime

import aiosmtplib

from benchmarks.yardstick.letters import Letter

CONNECTIONS = 8
_SENDER = Address("", "loyalty", "shop.example")


class Post:
    """A mail server's connections: opened when first needed, one e-mail at a time on each."""

    def __init__(self, host: str, port: int) -> None:
        self._smtps = [aiosmtplib.SMTP(hostname=host, port=port) for _ in range(CONNECTIONS)]
        self._free: asyncio.LifoQueue[aiosmtplib.SMTP] = asyncio.LifoQueue()
        for smtp in self._smtps:
            self._free.put_nowait(smtp)

    async def send(self, letter: Letter) -> None:
        """Send one e-mail; on an exception it may be tried again."""
        message = _message(letter)
        smtp = await self._free.get()
        try:
            if not smtp.is_connected:
                await smtp.connect()
            await smtp.send_message(message)
        except BaseException:
            smtp.close()  # whatever state it is in: the next e-mail connects anew
            raise
        finally:
            self._free.put_nowait(smtp)

    async def aclose(self) -> None:
        """Say goodbye on every connection."""
        for smtp in self._smtps:
            if smtp.is_connected:
                await smtp.quit()


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = _SENDER
    message["To"] = Address(letter.first_name, addr_spec=letter.recipient)
    message["Subject"] = letter.subject
    message["Message-ID"] = letter.mail_id
    message["Date"] = localtime()
    message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message

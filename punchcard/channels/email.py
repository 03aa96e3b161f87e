"""E-mail over SMTP: one attempt, and exactly what is known of its end."""

import contextlib
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from typing import Literal

import aiosmtplib
from aiosmtplib import SMTP

from punchcard.channels.channel import Envelope, Receipt
from punchcard.channels.mime import mail_address, write_mail
from punchcard.channels.outcome import Fault, FinalFailure, OutcomeUnknown, TransientFailure

Security = Literal["none", "starttls", "tls"]

MOST_IDLE = 16  # connections kept for the next message
CLOSING = 421  # RFC 5321, 3.8: how a server takes leave of a connection that was idle for too long
IDLE_SECONDS = 20.0  # shorter than any server's patience
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
NO_REPLY = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError)


class _GoneError(TransientFailure):
    """The server went away before anything was handed over."""


@dataclass(frozen=True)
class EmailSettings:
    """The mail server, how to speak to it, and in whose name.

    `bounce_to` is the envelope's sender, to which servers return what they cannot deliver;
    `certificate_file` names the authority of a server whose certificate no public one signed.
    """

    host: str
    port: int
    sender: str
    sender_name: str = ""
    reply_to: str | None = None
    bounce_to: str | None = None
    security: Security = "none"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 30.0
    certificate_file: str | None = None


class EmailChannel:
    """Sends through one mail server, and keeps a few connections to it open between messages.

    It belongs to the event loop that uses it.
    """

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings
        self._sender = mail_address(settings.sender, settings.sender_name)
        self._reply_to = mail_address(settings.reply_to) if settings.reply_to else None
        bounce_to = mail_address(settings.bounce_to) if settings.bounce_to else self._sender
        self._return_path = bounce_to.addr_spec
        self._idle: deque[tuple[SMTP, float]] = deque()

    async def send(self, envelope: Envelope) -> Receipt:
        """Hand the message to the mail server, once; see `Channel.send`."""
        content = write_mail(envelope, self._sender, self._reply_to)
        recipient = mail_address(envelope.recipient).addr_spec
        wide = not (content.isascii() and self._return_path.isascii())
        async with self._addressed(recipient, wide=wide) as smtp:
            return await _hand_over(smtp, content, envelope.message_id)

    async def aclose(self) -> None:
        """Say goodbye on the connections that were kept."""
        while self._idle:
            smtp, _ = self._idle.popleft()
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await smtp.quit()
            smtp.close()

    @contextlib.asynccontextmanager
    async def _addressed(self, recipient: str, *, wide: bool) -> AsyncIterator[SMTP]:
        """A connection that waits for the message; it is kept afterwards if all went well, and closed otherwise."""
        smtp = await self._kept_for(recipient, wide=wide)
        if smtp is None:
            smtp = await self._connect()
            await self._closing_unless(smtp, self._address(smtp, recipient, wide=wide))
        try:
            yield smtp
        except BaseException:
            smtp.close()
            raise
        if len(self._idle) < MOST_IDLE:
            self._idle.append((smtp, time.monotonic()))
        else:
            smtp.close()

    async def _kept_for(self, recipient: str, *, wide: bool) -> SMTP | None:
        """One of the connections that were kept, unless the server has dropped them all meanwhile."""
        while self._idle:
            smtp, since = self._idle.pop()
            if smtp.is_connected and time.monotonic() - since < IDLE_SECONDS:
                with contextlib.suppress(_GoneError):
                    await self._closing_unless(smtp, self._address(smtp, recipient, wide=wide))
                    return smtp
            smtp.close()
        return None

    @staticmethod
    async def _closing_unless(smtp: SMTP, addressed: Awaitable[None]) -> None:
        try:
            await addressed
        except BaseException:
            smtp.close()
            raise

    async def _connect(self) -> SMTP:
        chosen = self._settings
        smtp = SMTP(
            hostname=chosen.host,
            port=chosen.port,
            timeout=chosen.timeout,
            use_tls=chosen.security == "tls",
            start_tls=False,  # asked for below, so that its absence has a type of its own
            cert_bundle=chosen.certificate_file,
        )
        try:
            await smtp.connect()
            await smtp.ehlo()
            if chosen.security == "starttls":
                _require(smtp, "starttls")
                await smtp.starttls()
                await smtp.ehlo()  # what it offers may differ once it is encrypted
            if chosen.username is not None:
                _require(smtp, "auth")
                await smtp.login(chosen.username, chosen.password or "")
        except BaseException as cause:
            smtp.close()
            if isinstance(cause, aiosmtplib.SMTPException | OSError):
                raise self._not_connected(cause) from cause
            raise
        return smtp

    def _not_connected(self, cause: Exception) -> TransientFailure | FinalFailure:
        server = f"The mail server {self._settings.host}:{self._settings.port}"
        match cause:
            case aiosmtplib.SMTPAuthenticationError(code=code) if code >= 500:
                return FinalFailure(
                    f"{server} refused the user and password: {_reply(cause)}.",
                    fault="settings",
                    remedy="Set PUNCHCARD_SMTP_USERNAME and PUNCHCARD_SMTP_PASSWORD.",
                )
            case aiosmtplib.SMTPNotSupported():
                return FinalFailure(
                    f"{server} does not offer what the settings ask of it: {cause}.",
                    fault="settings",
                    remedy="Set PUNCHCARD_SMTP_SECURITY and PUNCHCARD_SMTP_USERNAME to what it offers.",
                )
        return TransientFailure(
            f"{server} cannot be reached: {cause}.",
            remedy="Check that it runs, and PUNCHCARD_SMTP_HOST, PUNCHCARD_SMTP_PORT.",
        )

    async def _address(self, smtp: SMTP, recipient: str, *, wide: bool) -> None:
        """Say from whom and to whom; nothing has been handed over yet."""
        encoding = "utf-8" if wide else "ascii"
        if wide and not smtp.supports_extension("smtputf8"):
            raise FinalFailure(
                "The mail server takes no addresses with letters beyond ASCII.",
                fault="settings" if recipient.isascii() else "recipient",
            )
        try:
            options = ["SMTPUTF8"] if wide else []
            await smtp.mail(self._return_path, options=options, encoding=encoding)
        except aiosmtplib.SMTPResponseException as cause:
            if cause.code == CLOSING:
                raise _GoneError(f"The mail server closes the connection: {_reply(cause)}.") from cause
            raise _refused("sender", cause, "settings") from cause
        except NO_REPLY as cause:
            raise _GoneError(f"The mail server went away before the message: {cause}.") from cause
        try:
            await smtp.rcpt(recipient, encoding=encoding)
        except aiosmtplib.SMTPResponseException as cause:
            raise _refused("recipient", cause, "recipient") from None
        except NO_REPLY as cause:
            raise _GoneError(f"The mail server went away before the message: {cause}.") from cause


def _require(smtp: SMTP, extension: str) -> None:
    if not smtp.supports_extension(extension):
        raise aiosmtplib.SMTPNotSupported(extension.upper())


async def _hand_over(smtp: SMTP, content: bytes, message_id: str) -> Receipt:
    """DATA and its reply: from here on, silence leaves the outcome unknown."""
    try:
        response = await smtp.data(content)
    except aiosmtplib.SMTPResponseException as cause:
        if not 400 <= cause.code <= 599:
            raise OutcomeUnknown(f"The mail server's reply makes no sense: {_nameless(cause)}.") from None
        raise _refused("message", cause, "message") from None
    except NO_REPLY as cause:
        raise OutcomeUnknown(f"The message was handed over and no reply came: {cause}.") from cause
    return Receipt(message_id, f"{response.code} {response.message}")


def _refused(
    what: str, cause: aiosmtplib.SMTPResponseException, fault: Fault
) -> TransientFailure | FinalFailure:
    reply = _reply(cause) if fault == "settings" else _nameless(cause)
    reason = f"The mail server refused the {what}: {reply}."
    if 500 <= cause.code <= 599:
        return FinalFailure(reason, fault=fault)
    return TransientFailure(reason)


def _reply(cause: aiosmtplib.SMTPResponseException) -> str:
    return f"{cause.code} {' '.join(cause.message.split())}"


def _nameless(cause: aiosmtplib.SMTPResponseException) -> str:
    """A reply without the addresses that it names: failures end in logs and histories, which nobody erases.

    For the same reason what it is made of is not the cause of a failure.
    """
    return _ADDRESS.sub("…", _reply(cause))

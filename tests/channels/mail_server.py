"""A real SMTP server for tests, which can be told how to misbehave."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).with_name("localhost.pem")
USER, PASSWORD = "shop", "open sesame"


@dataclass
class MailServer:
    """What the server answers at each stage; `drop_at` names the stage at which it hangs up instead.

    Where it is to `keep_silent_at` a stage, `is_silent` says that it has come to it.
    """

    port: int = 0
    to_sender: str = "250 OK"
    to_recipient: str = "250 OK"
    to_data: str = "250 Queued as 1"
    drop_at: str | None = None
    keep_silent_at: str | None = None
    connections: int = 0
    signed_in: list[str] = field(default_factory=list)
    kept: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    is_silent: asyncio.Event = field(default_factory=asyncio.Event)
    _sessions: set[SMTP] = field(default_factory=set)

    def hang_up(self) -> None:
        """Close every connection, as a restarting server does."""
        for session in self._sessions:
            _drop(session)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count each connection once."""
        if server not in self._sessions:
            self._sessions.add(server)
            self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer MAIL FROM."""
        await self._misbehave("MAIL", server)
        envelope.mail_from = address
        self.options = options
        return self.to_sender

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT TO."""
        await self._misbehave("RCPT", server)
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the message, and answer."""
        if self.to_data.startswith("250"):
            content = envelope.original_content or b""
            self.kept.append(message_from_bytes(content, policy=default))
            self.envelopes.append((envelope.mail_from or "", envelope.rcpt_tos[0]))
        await self._misbehave("DATA", server)
        return self.to_data

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword
    ) -> AuthResult:
        """Let the one user in."""
        succeeds = (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        if succeeds:
            self.signed_in.append(USER)
        return AuthResult(success=succeeds, handled=succeeds)

    async def _misbehave(self, stage: str, server: SMTP) -> None:
        if self.drop_at == stage:
            _drop(server)
        if self.keep_silent_at == stage:
            self.is_silent.set()
            await asyncio.Event().wait()


def _drop(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport) and not server.transport.is_closing():
        server.transport.abort()


def tls_context() -> ssl.SSLContext:
    """The server's side of TLS, with the certificate for localhost."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


@contextlib.asynccontextmanager
async def mail_server(
    *, tls: str = "none", login: bool = False, utf8: bool = True
) -> AsyncIterator[MailServer]:
    """A server on a free port of this event loop; `tls` is none, starttls or tls."""
    handler = MailServer()
    options: dict[str, Any] = {"enable_SMTPUTF8": utf8, "hostname": "localhost"}
    if tls == "starttls":
        options["tls_context"] = tls_context()
    if login:
        options |= {"authenticator": handler.authenticate, "auth_require_tls": False}
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, **options), "127.0.0.1", 0, ssl=tls_context() if tls == "tls" else None
    )
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        handler.hang_up()
        server.close()

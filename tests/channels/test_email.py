"""Sending through a real SMTP server, well-behaved and not."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partialmethod
from typing import Any

import pytest
from aiosmtplib import SMTP
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DefaultFailureConverter, DefaultPayloadConverter

from punchcard.channels.channel import Envelope
from punchcard.channels.email import EmailChannel, EmailSettings
from punchcard.channels.outcome import FinalFailure, OutcomeUnknown, TransientFailure
from punchcard.errors import PunchcardError
from tests.channels.mail_server import CERTIFICATE, PASSWORD, USER, MailServer, mail_server

ENVELOPE = Envelope(
    message_id="<journey-1.hello.1@shop.example>",
    recipient="jane@mail.example",
    recipient_name="Jané Doe, the first",
    subject="Ihre Prämie ist da",
    text="Grüße\n.\nzum Schluss\n",
    html="<p>Grüße</p>",
    date=datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
    language="de",
    unsubscribe_url="https://shop.example/unsubscribe/" + "t" * 150,
)


@contextlib.asynccontextmanager
async def channel_to(port: int, **settings: Any) -> AsyncIterator[EmailChannel]:
    """A channel to a server on this machine, closed in the end."""
    chosen = EmailSettings(
        **{"host": "127.0.0.1", "port": port, "sender": "loyalty@shop.example", "timeout": 60, **settings}
    )
    channel = EmailChannel(chosen)
    try:
        yield channel
    finally:
        await channel.aclose()


async def failure(server: MailServer, expected: type[Exception], **settings: Any) -> Any:
    """The failure that sending to the server ends with."""
    async with channel_to(server.port, **settings) as channel:
        with pytest.raises(expected) as caught:
            await channel.send(ENVELOPE)
    return caught.value


async def test_an_accepted_message_brings_a_receipt() -> None:
    """250 after DATA: the receipt holds our Message-ID and the server's own words."""
    async with mail_server() as server, channel_to(server.port) as channel:
        receipt = await channel.send(ENVELOPE)
        assert receipt.message_id == ENVELOPE.message_id
        assert receipt.reply == "250 Queued as 1"
        assert server.envelopes == [("loyalty@shop.example", "jane@mail.example")]


async def test_the_message_arrives_as_it_was_written() -> None:
    """Headers, both parts, letters beyond ASCII and a lonely full stop survive the way."""
    names = {"sender_name": "Café Eck", "reply_to": "help@shop.example", "bounce_to": "bounce@shop.example"}
    async with mail_server() as server, channel_to(server.port, **names) as channel:
        await channel.send(ENVELOPE)
        mail = server.kept[0]
        assert mail["From"] == "Café Eck <loyalty@shop.example>"
        assert mail["To"].addresses[0].display_name == "Jané Doe, the first"
        assert mail["Reply-To"] == "help@shop.example"
        assert mail["Subject"] == "Ihre Prämie ist da"
        assert mail["Message-ID"] == ENVELOPE.message_id
        assert mail["Date"].datetime == ENVELOPE.date
        assert mail["Content-Language"] == "de"
        assert mail["Auto-Submitted"] == "auto-generated"
        text, html = mail.iter_parts()
        assert text.get_content().replace("\r\n", "\n") == ENVELOPE.text
        assert html.get_content().strip() == ENVELOPE.html
        assert server.envelopes[0][0] == "bounce@shop.example"


async def test_marketing_carries_the_one_click_headers() -> None:
    """RFC 8058 wants both headers, and the address whole, however long it is."""
    async with mail_server() as server, channel_to(server.port) as channel:
        await channel.send(ENVELOPE)
        await channel.send(replace(ENVELOPE, unsubscribe_url=None))
        marketing, transactional = server.kept
        assert marketing["List-Unsubscribe"] == f"<{ENVELOPE.unsubscribe_url}>"
        assert marketing["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert transactional["List-Unsubscribe"] is None


async def test_a_connection_serves_the_next_message() -> None:
    """Messages in turn share a connection; messages at once have one each."""
    async with mail_server() as server, channel_to(server.port) as channel:
        await channel.send(ENVELOPE)
        await channel.send(ENVELOPE)
        assert server.connections == 1
        await asyncio.gather(*(channel.send(ENVELOPE) for _ in range(3)))
        assert server.connections == 3


async def test_a_connection_that_the_server_dropped_is_replaced() -> None:
    """A server that restarts between two messages is no failure of the second."""
    async with mail_server() as server, channel_to(server.port) as channel:
        await channel.send(ENVELOPE)
        server.hang_up()
        await channel.send(ENVELOPE)
        assert len(server.kept) == 2


@pytest.mark.parametrize("stage", ["to_sender", "to_recipient", "to_data"])
async def test_4xx_is_transient(stage: str) -> None:
    """451 at any stage: try again later."""
    async with mail_server() as server:
        setattr(server, stage, "451 Come back later")
        error = await failure(server, TransientFailure)
        assert "451 Come back later" in str(error)


@pytest.mark.parametrize(
    ("stage", "fault"), [("to_sender", "settings"), ("to_recipient", "recipient"), ("to_data", "message")]
)
async def test_5xx_is_final_and_says_what_is_at_fault(stage: str, fault: str) -> None:
    """550 at any stage: trying again won't help until this has changed."""
    async with mail_server() as server:
        setattr(server, stage, "550 Never heard of it")
        error = await failure(server, FinalFailure)
        assert error.fault == fault
        assert "550 Never heard of it" in str(error)


@pytest.mark.parametrize("stage", ["to_recipient", "to_data"])
@pytest.mark.parametrize("code", [450, 550])
async def test_whom_a_reply_names_is_left_out(stage: str, code: int) -> None:
    """Failures end in logs, journals and histories, which are not erased with the customer."""
    async with mail_server() as server:
        setattr(
            server, stage, f"{code} 5.1.1 <{ENVELOPE.recipient}>: not at {ENVELOPE.recipient.upper()}, sorry"
        )
        error = await failure(server, PunchcardError)
    assert "5.1.1 <…>: not at …, sorry" in str(error)
    told = Failure()
    DefaultFailureConverter().to_failure(error, DefaultPayloadConverter(), told)
    assert ENVELOPE.recipient.lower() not in str(told).lower()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT"])
async def test_a_connection_lost_before_the_message_is_transient(stage: str) -> None:
    """Nothing was handed over, so nothing can have been accepted."""
    async with mail_server() as server:
        server.drop_at = stage
        await failure(server, TransientFailure)
        assert server.kept == []


async def test_a_connection_lost_after_the_message_leaves_the_outcome_unknown() -> None:
    """The server kept the message and died before saying so: the sender cannot know."""
    async with mail_server() as server:
        server.drop_at = "DATA"
        await failure(server, OutcomeUnknown)
        assert len(server.kept) == 1


async def test_silence_after_the_message_leaves_the_outcome_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply that does not come in time is no refusal."""
    # Little time for this reply alone: what comes before it may take as long as the machine does.
    monkeypatch.setattr(SMTP, "data", partialmethod(SMTP.data, timeout=0.3))
    async with mail_server() as server:
        server.keep_silent_at = "DATA"
        await failure(server, OutcomeUnknown)


async def test_silence_before_the_message_is_transient() -> None:
    """A server that is too slow has not got the message."""
    async with mail_server() as server:
        server.keep_silent_at = "RCPT"
        await failure(server, TransientFailure, timeout=0.3)


async def test_nobody_listening_is_transient(free_port: int) -> None:
    """The error names the server and the settings to look at."""
    error = await failure(MailServer(port=free_port), TransientFailure)
    assert f"127.0.0.1:{free_port}" in str(error)
    assert "PUNCHCARD_SMTP_HOST" in str(error)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_encrypted_and_signed_in(security: str) -> None:
    """STARTTLS and TLS from the start, with user and password."""
    settings = {"security": security, "username": USER, "password": PASSWORD}
    async with mail_server(tls=security, login=True) as server:
        trusted = {**settings, "host": "localhost", "certificate_file": str(CERTIFICATE)}
        async with channel_to(server.port, **trusted) as channel:
            await channel.send(ENVELOPE)
        assert len(server.kept) == 1
        assert server.signed_in == [USER]


async def test_a_certificate_that_nobody_signed_is_not_trusted() -> None:
    """Without its authority the server is not spoken to."""
    async with mail_server(tls="tls") as server:
        error = await failure(server, TransientFailure, security="tls", host="localhost")
        assert "certificate" in str(error).lower()


async def test_a_wrong_password_is_final() -> None:
    """The error names the settings, and does not hold the password."""
    async with mail_server(login=True) as server:
        error = await failure(server, FinalFailure, username=USER, password="wrong one")
        assert error.fault == "settings"
        assert "PUNCHCARD_SMTP_PASSWORD" in str(error)
        assert "wrong one" not in str(error)


@pytest.mark.parametrize("settings", [{"security": "starttls"}, {"username": USER, "password": PASSWORD}])
async def test_what_the_server_does_not_offer_is_final(settings: dict[str, str]) -> None:
    """A mail is never sent unencrypted where encryption was asked for."""
    async with mail_server() as server:
        error = await failure(server, FinalFailure, **settings)
        assert error.fault == "settings"
        assert server.kept == []


async def test_letters_beyond_ascii_in_the_address() -> None:
    """Domains go as IDNA; names before the @ need SMTPUTF8, and are refused where it is missing."""
    umlauts = replace(ENVELOPE, recipient="jürgen@bücher.example")
    async with mail_server() as server, channel_to(server.port) as channel:
        await channel.send(umlauts)
        assert server.envelopes[0][1] == "jürgen@xn--bcher-kva.example"
    async with mail_server(utf8=False) as server, channel_to(server.port) as channel:
        with pytest.raises(FinalFailure) as caught:
            await channel.send(umlauts)
        assert caught.value.fault == "recipient"


@pytest.mark.parametrize(
    "settings", [{"sender": "lädchen@shop.example"}, {"reply_to": "hülfe@shop.example"}], ids=str
)
async def test_letters_beyond_ascii_in_the_shops_own_addresses(settings: dict[str, str]) -> None:
    """They need SMTPUTF8 too, also where bounces go elsewhere, and a customer is not to blame for them."""
    settings |= {"bounce_to": "bounce@shop.example"}
    async with mail_server() as server, channel_to(server.port, **settings) as channel:
        await channel.send(ENVELOPE)
        assert server.options == ["SMTPUTF8"]
    async with mail_server(utf8=False) as server:
        error = await failure(server, FinalFailure, **settings)
        assert error.fault == "settings"


def test_personal_data_and_secrets_stay_out_of_repr() -> None:
    """Envelopes and settings may be logged."""
    settings = EmailSettings("mail.example", 25, "a@shop.example", username="u", password="hidden")
    shown = repr(ENVELOPE) + repr(settings)
    assert not any(secret in shown for secret in ("jane", "Jané", "Grüße", "hidden", "ttt"))

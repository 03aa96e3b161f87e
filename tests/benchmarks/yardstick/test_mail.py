"""The hand-written shop's e-mails reach a real SMTP server, over connections that stay open."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

import aiosmtplib
import pytest

from benchmarks.yardstick.letters import Letter, write_letter
from benchmarks.yardstick.mail import CONNECTIONS, Post
from tests.channels.mail_server import MailServer, mail_server

JOURNEY = "spend-and-save-7-1"


def letter(name: str = "you-earned-it") -> Letter:
    """An e-mail of the journey."""
    values = {"first_name": "Pat", "code": "ABCD", "expires": "04 June 2026", "journey": JOURNEY}
    return write_letter(name, "c7@customers.example", f"<{name}.{JOURNEY}@shop.example>", values)


@contextlib.asynccontextmanager
async def posting() -> AsyncIterator[tuple[MailServer, Post]]:
    """A mail server, and the shop's connections to it."""
    async with mail_server() as server:
        post = Post("127.0.0.1", server.port)
        try:
            yield server, post
        finally:
            await post.aclose()


@pytest.mark.parametrize("name", ["you-earned-it", "redeem-reminder", "how-was-it"])
async def test_an_email_arrives_as_it_was_written(name: str) -> None:
    """With both its parts, and the headers that Punchcard's have too."""
    sent = letter(name)
    async with posting() as (server, post):
        await post.send(sent)
    (mail,) = server.kept
    assert server.envelopes == [("loyalty@shop.example", sent.recipient)]
    assert (mail["To"], mail["Subject"]) == (f"Pat <{sent.recipient}>", sent.subject)
    assert mail["Message-ID"] == sent.mail_id
    assert mail["Date"].datetime is not None
    assert mail["List-Unsubscribe"] == f"<{sent.unsubscribe}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    assert (text.strip(), html.strip()) == (sent.text.strip(), sent.html.strip())


async def test_the_address_to_unsubscribe_by_is_whole() -> None:
    """Folded or encoded, it could not be called."""
    async with posting() as (server, post):
        await post.send(letter())
    assert dict(server.kept[0].raw_items())["List-Unsubscribe"] == f"<{letter().unsubscribe}>"


async def test_connections_are_kept() -> None:
    """E-mails in turn share one connection; at once they share as many as there are, and none is opened anew."""
    async with posting() as (server, post):
        await post.send(letter())
        await post.send(letter())
        assert server.connections == 1
        for _ in range(2):
            await asyncio.gather(*(post.send(letter()) for _ in range(2 * CONNECTIONS)))
        assert server.connections == CONNECTIONS
    assert len(server.kept) == 2 + 4 * CONNECTIONS


async def test_a_refused_email_leaves_the_connections_usable() -> None:
    """A retry, or another e-mail, finds a connection."""
    async with posting() as (server, post):
        server.to_data = "451 Come back later"
        for _ in range(CONNECTIONS + 1):
            with pytest.raises(aiosmtplib.SMTPDataError):
                await post.send(letter())
        server.to_data = "250 OK"
        await post.send(replace(letter(), mail_id="<again@shop.example>"))
    assert [mail["Message-ID"] for mail in server.kept] == ["<again@shop.example>"]

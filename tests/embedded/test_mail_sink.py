"""The mail sink takes real SMTP and keeps what it was given."""

from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from punchcard.embedded.mail_sink import is_accepting, serve_mail
from punchcard.embedded.mailbox import Mailbox


def letter(subject: str) -> EmailMessage:
    """An e-mail with a text and an HTML part."""
    message = EmailMessage()
    message["From"] = "shop@shop.example"
    message["To"] = "Jürgen <jurgen@customer.example>"
    message["Subject"] = subject
    message["Message-ID"] = "<1@shop.example>"
    message.set_content("Fünf Euro für dich\n")
    message.add_alternative("<p>Fünf Euro für dich</p>", subtype="html")
    return message


async def test_what_is_sent_is_kept(tmp_path: Path, free_port: int) -> None:
    """Envelope, headers and both parts can be read back, the newest e-mail first."""
    async with serve_mail("127.0.0.1", free_port, tmp_path):
        assert await is_accepting("127.0.0.1", free_port)
        for subject in ("Dein Gutschein: 5 €", "Und noch einer"):
            await aiosmtplib.send(
                letter(subject),
                sender="bounces@shop.example",
                recipients=["jurgen@customer.example"],
                hostname="127.0.0.1",
                port=free_port,
            )
    mailbox = Mailbox(tmp_path)
    newest, oldest = mailbox.newest()
    assert {newest.subject, oldest.subject} == {"Dein Gutschein: 5 €", "Und noch einer"}
    assert (newest.sender, newest.recipients) == ("bounces@shop.example", ("jurgen@customer.example",))
    assert newest.text.strip() == "Fünf Euro für dich"
    assert newest.html.strip() == "<p>Fünf Euro für dich</p>"
    assert newest.message["Message-ID"] == "<1@shop.example>"
    assert newest.received_at >= oldest.received_at
    assert [mail.id for mail in mailbox.newest(limit=5, before=newest.id)] == [oldest.id]


async def test_nobody_answers_after_the_end(tmp_path: Path, free_port: int) -> None:
    """When the block ends, the port is free again."""
    async with serve_mail("127.0.0.1", free_port, tmp_path):
        pass
    assert not await is_accepting("127.0.0.1", free_port)


@pytest.mark.parametrize("mail_id", ["../secret", "1700000000000-00000000", ""])
def test_an_unknown_id_is_not_found(tmp_path: Path, mail_id: str) -> None:
    """An id is never a path."""
    (tmp_path / "secret.eml").write_text("Subject: not yours\n\n")
    with pytest.raises(FileNotFoundError):
        Mailbox(tmp_path / "mail").read(mail_id)

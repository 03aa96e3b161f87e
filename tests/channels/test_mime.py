"""Envelopes that cannot become a mail."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from punchcard.channels.channel import Envelope
from punchcard.channels.mime import mail_address, write_mail
from punchcard.channels.outcome import FinalFailure

SENDER = mail_address("loyalty@shop.example", "Shop")
ENVELOPE = Envelope(
    message_id="<1@shop.example>",
    recipient="jane@mail.example",
    subject="Hello",
    text="Hello",
    date=datetime(2026, 5, 4, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"subject": "Hello\r\nBcc: all@mail.example"}, "message"),
        ({"message_id": "<1@shop.example>\r\nBcc: all@mail.example"}, "message"),
        ({"unsubscribe_url": "https://shop.example\r\nBcc: all@mail.example"}, "message"),
        ({"unsubscribe_url": "https://shop.example/ü"}, "message"),
        ({"recipient": "jane@mail.example\r\nBcc: all@mail.example"}, "recipient"),
        ({"recipient": "jane"}, "recipient"),
        ({"recipient": ""}, "recipient"),
    ],
)
def test_what_cannot_be_a_mail_is_final(changed: dict[str, str], fault: str) -> None:
    """No value can add a header, and a broken address is the recipient's fault."""
    with pytest.raises(FinalFailure) as caught:
        write_mail(replace(ENVELOPE, **changed), SENDER, None)  # type: ignore[arg-type]
    assert caught.value.fault == fault


def test_a_name_cannot_smuggle_an_address() -> None:
    """Commas, quotes and line breaks in a display name stay in it."""
    mail = write_mail(replace(ENVELOPE, recipient_name='a@b.c>, "x\r\nBcc: y'), SENDER, None)
    header = mail.split(b"Subject:")[0]
    assert header.count(b"\r\nBcc") == 0
    assert b"<jane@mail.example>" in header


def test_without_html_the_mail_has_one_part() -> None:
    """A plain message needs no multipart."""
    assert b"Content-Type: text/plain" in write_mail(ENVELOPE, SENDER, None)
    assert b"multipart" not in write_mail(ENVELOPE, SENDER, None)

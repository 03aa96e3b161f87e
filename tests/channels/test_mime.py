"""Envelopes as mails: read back they are the same, and what cannot be a mail is refused."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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

BODIES = st.text(st.characters(exclude_categories=["Cs"])) | st.text("a .=\t\r\n\0ä😀", max_size=400)


def read(mail: bytes) -> EmailMessage:
    """The mail as a mail program sees it; its lines are as long as they may be, and end as they must."""
    assert mail.isascii()
    assert mail.endswith(b"\r\n")
    lines = mail.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(len(line) <= 78 for line in lines if not line.startswith((b"List-Unsubscribe", b"Message-ID")))
    message = message_from_bytes(mail, policy=default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def as_lines(text: str) -> str:
    """The text as mails have it: one kind of line break, and one at the end."""
    lines = re.sub("\r\n?|\n", "\r\n", text)
    return lines if lines.endswith("\r\n") else f"{lines}\r\n"


@given(text=BODIES, html=st.none() | BODIES)
@example(text="", html="")
@example(text="\n.\n..\n. \n.\r\n", html=".")
@example(text="spaces at the end  \t\n  \n \n", html="at the very end ")
@example(text="a lone\rCR, a NUL \0, \r\r\n and \x0b\x0c\x85\u2028", html="=3D=\n=20\n=")
@example(text="--=_alternative\n--=_alternative--\n", html="From the start\n>From")
@example(text="x" * 5000, html="😀" * 5000)
def test_both_bodies_are_read_as_they_were_written(text: str, html: str | None) -> None:
    """Whatever they hold, but for the kind of their line breaks."""
    mail = read(write_mail(replace(ENVELOPE, text=text, html=html), SENDER, None))
    parts = [mail] if html is None else list(mail.iter_parts())
    expected = [("text/plain", as_lines(text))] + ([] if html is None else [("text/html", as_lines(html))])
    assert [(part.get_content_type(), part.get_content()) for part in parts] == expected


@pytest.mark.parametrize("end", [" ", "\t", "ä ", "= ", ""])
def test_no_line_is_too_long_for_quoted_printable(end: str) -> None:
    """At most 76 characters, also where a space ends a line of just that length."""
    for length in range(60, 90):
        text = f"{'x' * length}{end}\nand on\n"
        mail = write_mail(replace(ENVELOPE, text=text), SENDER, None)
        assert max(len(line) for line in mail.split(b"\r\n")) <= 76
        assert read(mail).get_content() == as_lines(text)


@given(
    subject=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120),
    # Python's newer parser puts spaces into names that take more than one encoded word.
    name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10),
    local=st.text("abc.+-_!#'/= \"\\(),:;<>[]", min_size=1, max_size=30).filter(lambda local: local.strip()),
)
def test_headers_are_read_as_they_were_written(subject: str, name: str, local: str) -> None:
    """Subject, names and addresses."""
    recipient = mail_address(f"{local}@mail.example", name)
    envelope = replace(ENVELOPE, subject=subject, recipient=f"{local}@mail.example", recipient_name=name)
    mail = read(write_mail(envelope, SENDER, mail_address("help@shop.example", name)))
    assert mail["Subject"] == subject
    assert mail["From"].addresses == (SENDER,)
    assert mail["Reply-To"].addresses[0].display_name == " ".join(name.split())
    (address,) = mail["To"].addresses
    assert (address.display_name, address.addr_spec) == (recipient.display_name, recipient.addr_spec)


def test_what_mailboxes_read_by_machine_is_never_folded() -> None:
    """However long it is: a folded or encoded address is one that cannot be called."""
    url, mail_id = f"https://shop.example/u/{'t' * 300}", f"<{'m' * 200}@shop.example>"
    mail = write_mail(replace(ENVELOPE, message_id=mail_id, unsubscribe_url=url), SENDER, None)
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in mail
    assert f"\r\nMessage-ID: {mail_id}\r\n".encode() in mail


def test_an_address_beyond_ascii_stays_as_it_is() -> None:
    """Its domain is ASCII; what is before the @ is read by servers that know SMTPUTF8."""
    mail = write_mail(replace(ENVELOPE, recipient="jürgen@bücher.example"), SENDER, None)
    assert "\r\nTo: jürgen@xn--bcher-kva.example\r\n".encode() in mail


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"subject": "Hello\r\nBcc: all@mail.example"}, "message"),
        ({"subject": "Hello\n"}, "message"),
        ({"subject": "half a letter: \ud83d"}, "message"),
        ({"text": "half a letter: \ud83d"}, "message"),
        ({"html": "half a letter: \ud83d"}, "message"),
        ({"language": "de\r\nBcc: all@mail.example"}, "message"),
        ({"message_id": "<1@shop.example>\r\nBcc: all@mail.example"}, "message"),
        ({"unsubscribe_url": "https://shop.example\r\nBcc: all@mail.example"}, "message"),
        ({"unsubscribe_url": "https://shop.example/ü"}, "message"),
        ({"recipient": "jane@mail.example\r\nBcc: all@mail.example"}, "recipient"),
        ({"recipient": "jane\x00@mail.example"}, "recipient"),
        ({"recipient": "jane\u2028@mail.example"}, "recipient"),
        ({"recipient": "jane\ud83d@mail.example"}, "recipient"),
        ({"recipient": "jane@mail.example>"}, "recipient"),
        ({"recipient": "jane@mail .example"}, "recipient"),
        ({"recipient": "jane@mail..example"}, "recipient"),
        ({"recipient": "j" * 260 + "@mail.example"}, "recipient"),
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

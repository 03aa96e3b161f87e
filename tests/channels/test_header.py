"""Header lines: short, ASCII where they can be, and read as they were meant."""

from email import message_from_string
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from punchcard.channels.header import exact_line, mailbox_line, text_line

MAILBOX = "jane.doe@mail.example"
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def read(line: str) -> EmailMessage:
    """What a mail program makes of a header with this line and another one after it."""
    message = message_from_string(f"{line}\r\nX-Next: 1\r\n\r\n", policy=default)
    assert isinstance(message, EmailMessage)
    assert len(message) == 2
    assert all(len(part) <= 76 and part.strip() for part in line.split("\r\n"))
    return message


@given(words.filter(lambda text: len(text.splitlines()) < 2 and text.splitlines() != [text[:-1]]))
@example("x" * 500)
@example("a word, then a space " * 20)
@example(" spaces at both ends ")
@example("=?utf-8?q?looks_encoded?=")
@example("😀" * 60)
@example("nothing\x00 to see\x7f")
def test_words_are_read_as_they_were_meant(text: str) -> None:
    """Whatever a subject holds, however long it is."""
    line = text_line("Subject", text)
    assert line.isascii()
    assert read(line)["Subject"] == text


@given(words.map(lambda text: " ".join(text.split())))
@example("Doe, Jané")
@example('a@b.c>, "x')
@example("back\\slash")
@example('"' * 60)
@example("(comment)")
@example("=?utf-8?q?looks_encoded?=")
@example("x" * 500)
def test_a_name_is_read_as_it_was_meant(name: str) -> None:
    """With one address after it, which is the mailbox's own."""
    line = mailbox_line("To", Address(name, addr_spec=MAILBOX))
    assert line.isascii()
    (address,) = read(line)["To"].addresses
    assert address.addr_spec == MAILBOX
    # The newer parser puts a space between two encoded words of a name; the older one reads it as RFC 2047 has it.
    shown, _ = parseaddr(line.removeprefix("To: "))
    assert str(make_header(decode_header(shown))) == name


def test_what_is_short_and_ascii_stays_legible() -> None:
    """Encoding is for what needs it."""
    assert text_line("Subject", "Your 20% is here, Pat") == "Subject: Your 20% is here, Pat"
    assert mailbox_line("From", Address("The Shop", addr_spec=MAILBOX)) == f"From: The Shop <{MAILBOX}>"
    assert mailbox_line("From", Address("Shop, Inc.", addr_spec=MAILBOX)) == f'From: "Shop, Inc." <{MAILBOX}>'
    assert mailbox_line("To", Address(addr_spec=MAILBOX)) == f"To: {MAILBOX}"


def test_an_address_is_folded_away_from_a_long_name() -> None:
    """Both are whole, each on its own line."""
    line = mailbox_line("To", Address("J" * 60, addr_spec=MAILBOX))
    assert line == f"To: {'J' * 60}\r\n <{MAILBOX}>"


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\r\n", "\n", "a\x0bb", "a\x85b", "a\u2028b"])
def test_a_line_break_is_refused(text: str) -> None:
    """Also at the end, where it would end the header."""
    with pytest.raises(ValueError, match="Subject holds a line break"):
        text_line("Subject", text)
    with pytest.raises(ValueError, match="Message-ID holds a line break"):
        exact_line("Message-ID", text)


def test_what_machines_read_is_never_folded() -> None:
    """It stays on one line up to the longest that servers must take, and is refused beyond."""
    assert exact_line("X", "x" * 995) == f"X: {'x' * 995}"
    with pytest.raises(ValueError, match="X is longer than 998"):
        exact_line("X", "x" * 996)

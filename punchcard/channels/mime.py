"""An envelope as a MIME message: text and HTML, with the headers that mailboxes ask for.

It is put together by hand: the standard library's `EmailMessage` takes milliseconds of processor time for each
mail, most of it to parse the values that it has just been given.
"""

import re
from binascii import b2a_qp
from collections.abc import Iterator
from email.headerregistry import Address
from email.utils import format_datetime

from punchcard.channels.channel import Envelope
from punchcard.channels.header import exact_line, mailbox_line, text_line
from punchcard.channels.outcome import FinalFailure

_ASCII_DOMAIN = "idna"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3, without its brackets
_DOMAIN = re.compile(r"[\w.-]+|\[[\w.:-]+\]", re.ASCII)

# No quoted-printable line holds "=_": RFC 2045, section 6.7, proposes it for boundaries.
_ALTERNATIVE = b"""\
Content-Type: multipart/alternative; boundary="=_alternative"\r
\r
--=_alternative\r
%b\r
--=_alternative\r
%b\r
--=_alternative--\r
"""
_PART = b"""\
Content-Type: text/%b; charset="utf-8"\r
Content-Transfer-Encoding: quoted-printable\r
\r
%b"""

# b2a_qp counts a space at a line's end as one character, and then writes it as three.
_OVERLONG_END = re.compile(rb"(=20|=09)(?=\r\n)(?<=[^\n]{77})")


def mail_address(text: str, name: str = "") -> Address:
    """A mailbox with its domain in the ASCII form that mail servers speak; ValueError if it is none."""
    local, at, domain = text.strip().rpartition("@")
    host = domain.encode(_ASCII_DOMAIN).decode("ascii")
    if not local or not _DOMAIN.fullmatch(host) or _CONTROL.search(local):
        raise ValueError("an e-mail address has the form name@domain")
    address = Address(" ".join(name.split()), username=local, domain=host)
    if len(address.addr_spec.encode()) > _LONGEST_ADDRESS:
        raise ValueError(f"an e-mail address has at most {_LONGEST_ADDRESS} letters")
    return address


def write_mail(envelope: Envelope, sender: Address, reply_to: Address | None) -> bytes:
    """The mail as it goes over the wire; what cannot be one is a `FinalFailure`.

    It is ASCII, unless an address is not, which only a server with SMTPUTF8 takes.
    """
    try:
        recipient = mail_address(envelope.recipient, envelope.recipient_name)
    except ValueError as cause:
        raise FinalFailure(
            f"The recipient's address cannot be used: {cause}.",
            fault="recipient",
            remedy="Correct the customer's e-mail address.",
        ) from cause
    try:
        header = "".join(f"{line}\r\n" for line in _header(envelope, sender, recipient, reply_to))
        return header.encode() + _content(envelope)
    except ValueError as cause:
        raise FinalFailure(f"The message cannot be written as a mail: {cause}.", fault="message") from cause


def _header(
    envelope: Envelope, sender: Address, recipient: Address, reply_to: Address | None
) -> Iterator[str]:
    yield mailbox_line("From", sender)
    yield mailbox_line("To", recipient)
    if reply_to is not None:
        yield mailbox_line("Reply-To", reply_to)
    yield text_line("Subject", envelope.subject)
    yield exact_line("Message-ID", envelope.message_id)
    yield exact_line("Date", format_datetime(envelope.date))
    yield "Auto-Submitted: auto-generated"  # RFC 3834: no automatic replies, please
    if envelope.unsubscribe_url:
        yield exact_line("List-Unsubscribe", f"<{envelope.unsubscribe_url}>")
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    if envelope.language:
        yield exact_line("Content-Language", envelope.language)
    yield "MIME-Version: 1.0"


def _content(envelope: Envelope) -> bytes:
    text = _PART % (b"plain", _quoted_printable(envelope.text))
    if envelope.html is None:
        return text
    return _ALTERNATIVE % (text, _PART % (b"html", _quoted_printable(envelope.html)))


def _quoted_printable(text: str) -> bytes:
    """Lines of at most 76 characters, the last one ended too; each line break becomes CRLF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines.endswith("\n"):
        lines += "\n"
    return _OVERLONG_END.sub(rb"=\r\n\1", b2a_qp(lines.replace("\n", "\r\n").encode()))

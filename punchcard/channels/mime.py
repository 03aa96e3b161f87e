"""An envelope as a MIME message: text and HTML, with the headers that mailboxes ask for."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from punchcard.channels.channel import Envelope
from punchcard.channels.outcome import FinalFailure

ASCII_DOMAIN = "idna"
UNFOLDED = frozenset({"list-unsubscribe", "message-id"})


class _MailPolicy(EmailPolicy):
    """SMTP's policy, but it leaves addresses whole: encoded to fit a line, no mailbox reads them."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() in UNFOLDED:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii", "surrogateescape")


_POLICY = _MailPolicy() + SMTP
_WIDE_POLICY = _POLICY.clone(utf8=True)  # for SMTPUTF8


def mail_address(text: str, name: str = "") -> Address:
    """A mailbox with its domain in the ASCII form that mail servers speak; ValueError if it is none."""
    local, at, domain = text.strip().rpartition("@")
    if not (local and at and domain):
        raise ValueError("an e-mail address has the form name@domain")
    shown = " ".join(name.split())
    return Address(shown, username=local, domain=domain.encode(ASCII_DOMAIN).decode("ascii"))


def write_mail(envelope: Envelope, sender: Address, reply_to: Address | None) -> bytes:
    """The mail as it goes over the wire; what cannot be one is a `FinalFailure`."""
    try:
        recipient = mail_address(envelope.recipient, envelope.recipient_name)
    except (ValueError, MessageError) as cause:
        raise FinalFailure(
            f"The recipient's address cannot be used: {cause}.",
            fault="recipient",
            remedy="Correct the customer's e-mail address.",
        ) from cause
    try:
        return _message(envelope, sender, recipient, reply_to).as_bytes()
    except (ValueError, MessageError) as cause:
        raise FinalFailure(f"The message cannot be written as a mail: {cause}.", fault="message") from cause


def _message(
    envelope: Envelope, sender: Address, recipient: Address, reply_to: Address | None
) -> EmailMessage:
    is_wide = not (sender.addr_spec.isascii() and recipient.addr_spec.isascii())
    message = EmailMessage(policy=_WIDE_POLICY if is_wide else _POLICY)
    message["From"] = sender
    message["To"] = recipient
    if reply_to is not None:
        message["Reply-To"] = reply_to
    message["Subject"] = envelope.subject
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.date)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic replies, please
    if envelope.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(envelope.text, cte="quoted-printable")
    if envelope.html is not None:
        message.add_alternative(envelope.html, subtype="html", cte="quoted-printable")
    if envelope.language:
        message["Content-Language"] = envelope.language  # after the content, which clears what begins so
    return message

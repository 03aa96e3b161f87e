"""The mailbox: the e-mails that the mail sink kept, one `.eml` file each, newest first."""

import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

_ID = re.compile(r"[0-9]{13,}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One kept e-mail: who sent it to whom by the envelope, when it arrived, and what it says."""

    id: str
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject line, decoded."""
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        """The plain text part, or nothing."""
        return _part(self.message, "plain")

    @property
    def html(self) -> str:
        """The HTML part, or nothing."""
        return _part(self.message, "html")


class Mailbox:
    """A folder of e-mails. Names begin with the time of arrival in epoch milliseconds, so they sort by it."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made if it is missing."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes, sender: str, recipients: tuple[str, ...]) -> str:
        """Store an e-mail as it came, under the envelope's addresses; return its id once it is on the disk."""
        mail_id = f"{time.time_ns() // 1_000_000}-{secrets.token_hex(4)}"
        envelope = f"Return-Path: <{sender}>\r\n" + "".join(f"Delivered-To: {to}\r\n" for to in recipients)
        draft = self._folder / f"{mail_id}.part"
        with draft.open("wb") as file:
            file.write(envelope.encode() + content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self._folder / f"{mail_id}.eml")
        return mail_id

    def ids(self) -> list[str]:
        """Return the ids of all e-mails, newest first."""
        return sorted((path.stem for path in self._folder.glob("*.eml")), reverse=True)

    def newest(self, limit: int = 50, before: str | None = None) -> Iterator[KeptMail]:
        """Read up to `limit` e-mails, newest first, continuing below the id `before`."""
        older = [mail_id for mail_id in self.ids() if before is None or mail_id < before]
        return (self.read(mail_id) for mail_id in older[:limit])

    def read(self, mail_id: str) -> KeptMail:
        """Read one e-mail; FileNotFoundError if there is none of this id."""
        if not _ID.fullmatch(mail_id):
            raise FileNotFoundError(mail_id)
        message = message_from_bytes((self._folder / f"{mail_id}.eml").read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        return KeptMail(
            id=mail_id,
            received_at=datetime.fromtimestamp(int(mail_id.partition("-")[0]) / 1000, UTC),
            sender=str(message["Return-Path"] or "").strip("<>"),
            recipients=tuple(map(str, message.get_all("Delivered-To", []))),
            message=message,
        )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""

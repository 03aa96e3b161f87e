"""What every channel does: take an envelope, and bring back a receipt or say why not."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Envelope:
    """A rendered message on its way to one person.

    `message_id` is the sender's own, `<unique@domain>`, and the same in each attempt; `date` is aware.
    `unsubscribe_url` takes the one-click POST of RFC 8058. Personal fields stay out of `repr`.
    """

    message_id: str
    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    date: datetime
    html: str | None = field(default=None, repr=False)
    recipient_name: str = field(default="", repr=False)
    language: str | None = None
    unsubscribe_url: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Receipt:
    """Proof that the next server took the message over: its id, and that server's reply."""

    message_id: str
    reply: str


class Channel(Protocol):
    """A way to reach a customer."""

    async def send(self, envelope: Envelope) -> Receipt:
        """Send once, without retrying.

        Raises `TransientFailure`, `FinalFailure` or `OutcomeUnknown`.
        """
        ...

    async def aclose(self) -> None:
        """Close what the channel keeps open."""
        ...

"""A granted message made ready for its channel: claimed, written, and its words kept."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from activities.letters import Letters, RewardMissing
from punchcard.channels.channel import Envelope
from punchcard.domain.sending import Claimed, Settled, claim, keep_words, settle
from punchcard.messages.mistake import RenderFailure


def prepare(
    connection: Connection, letters: Letters, instance_id: str, key: str, now: int
) -> tuple[Claimed, Envelope] | Settled:
    """Claim a message for one attempt and put it into its envelope, or say what became of it."""
    claimed = claim(connection, instance_id, key, letters.domain)
    if isinstance(claimed, Settled):
        return claimed
    try:
        letter = letters.write(connection, claimed)
    except RewardMissing:
        settle(connection, claimed.id, "suppressed", "reward_refused", now)
        return Settled(claimed.id, "suppressed", "reward_refused")
    except RenderFailure as failure:
        settle(connection, claimed.id, "failed", str(failure), now)
        return Settled(claimed.id, "failed", str(failure))
    words = letter.words
    recipient = str(claimed.customer["email"])
    keep_words(connection, claimed.id, recipient, words.language, words.subject, words.text, words.html)
    envelope = Envelope(
        message_id=claimed.mail_id,
        recipient=recipient,
        subject=words.subject,
        text=words.text,
        html=words.html,
        date=datetime.fromtimestamp(now / 1000, UTC),
        recipient_name=letter.recipient_name,
        language=words.language,
        unsubscribe_url=letter.unsubscribe_url,
    )
    return claimed, envelope

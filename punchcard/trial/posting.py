"""A sender of messages without a mail server: the letter is written and kept, and counts as sent."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from punchcard.channels.channel import Envelope
from punchcard.domain.sending import Claimed, Settled, settle
from punchcard.plan.effects import Perform
from punchcard.plan.events import EffectDone, Event
from punchcard.trial.walk import Performer

# What makes a granted message ready for its channel; the composition root hands over the activities' own.
Prepare = Callable[[Connection, str, str, int], tuple[Claimed, Envelope] | Settled]


def sender(prepare: Prepare) -> Performer:
    """Return what performs a `send`."""

    def send(connection: Connection, instance_id: str, effect: Perform, now: int) -> Event:
        prepared = prepare(connection, instance_id, effect.key, now)
        if isinstance(prepared, Settled):
            result = {"status": prepared.word, "reason": prepared.reason, "message": prepared.id}
        else:
            claimed, _ = prepared
            settle(connection, claimed.id, "sent", None, now)
            result = {"status": "sent", "reason": None, "message": claimed.id}
        return EffectDone(at=now, key=effect.key, result=result)

    return send

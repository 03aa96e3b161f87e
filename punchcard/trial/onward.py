"""A campaign that starts another one: what the worker's activity does, at virtual time."""

from __future__ import annotations

from sqlalchemy import Connection

from punchcard.domain.refusals import Refusal
from punchcard.plan.effects import Perform
from punchcard.plan.events import EffectDone, EffectFailed, Event
from punchcard.router.catalogue import CampaignCache
from punchcard.router.onward import start_onward
from punchcard.trial.walk import Performer


def starter() -> Performer:
    """Return what performs a `start`, for one database."""
    campaigns = CampaignCache()

    def start(connection: Connection, instance_id: str, effect: Perform, now: int) -> Event:
        try:
            name, started = start_onward(
                connection, campaigns.current(connection), instance_id, effect.key, now
            )
        except Refusal as refusal:
            return EffectFailed(at=now, key=effect.key, error=str(refusal))
        result = {"status": started.disposition, "campaign": name, "instance": started.instance_id}
        return EffectDone(at=now, key=effect.key, result=result)

    return start

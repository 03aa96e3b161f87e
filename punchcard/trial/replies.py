"""Other systems in campaign tests: they answer what the story says, and nobody is called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from punchcard.calling.outcome import CallRefused
from punchcard.calling.reply import read_reply
from punchcard.calling.request import Reply, Request
from punchcard.domain.calling import Replied, SettledCall, claim_call, record_failure, record_reply
from punchcard.domain.money import precision
from punchcard.domain.plans import Plans
from punchcard.plan.effects import Perform
from punchcard.plan.events import EffectDone, EffectFailed, Event
from punchcard.plan.model import Call
from punchcard.trial.walk import Performer

OK = 200


@dataclass(slots=True)
class Replies:
    """What each call is answered from now on, by the call's name: fields of the reply, or why there is none."""

    given: dict[str, Mapping[str, Any] | str] = field(default_factory=dict)

    def body(self, name: str) -> bytes:
        """Return the reply's body, an empty object where the story says nothing; CallRefused where it says so."""
        said = self.given.get(name, {})
        if isinstance(said, str):
            raise CallRefused(said)
        return json.dumps(dict(said)).encode()


@dataclass(frozen=True, slots=True)
class StoryCaller:
    """Answers for a worker, as a story has it."""

    replies: Replies

    async def call(self, request: Request) -> Reply:
        """Return what the story says."""
        body = self.replies.body(request.name)
        return Reply(OK, body, len(body), 0)


def caller(replies: Replies) -> Performer:
    """Return what performs a `call` without a worker."""
    plans = Plans()

    def call(connection: Connection, instance_id: str, effect: Perform, now: int) -> Event:
        claimed = claim_call(connection, instance_id, effect.key, f"test/{effect.key}")
        if isinstance(claimed, SettledCall):
            result = {"reason": claimed.reason, "status": claimed.http_status, "values": claimed.values}
            return EffectDone(at=now, key=effect.key, result=result)
        program = plans.program(connection, claimed.version)
        step, currency = program.steps[claimed.path], program.plan.currency
        assert isinstance(step, Call), f"{claimed.path} was granted a call"
        try:
            body = replies.body(step.name)
            values = read_reply(body, step.returns, currency, precision(currency))
        except CallRefused as fault:
            record_failure(connection, claimed.id, str(fault), now, final=True)
            return EffectFailed(at=now, key=effect.key, error=str(fault))
        record_reply(connection, claimed.id, Replied(OK, 0, len(body), values), now)
        result = {"status": OK, "duration": 0, "size": len(body), "values": values}
        return EffectDone(at=now, key=effect.key, result=result)

    return call

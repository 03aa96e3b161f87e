"""The activity that calls another system, as it was granted."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import Connection
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from punchcard.calling.outcome import CallInterrupted, CallNotPossible, CallRefused
from punchcard.calling.reply import read_reply
from punchcard.calling.request import Caller, Request
from punchcard.contracts import CALL_SYSTEM, CallResult, EffectRequest
from punchcard.domain.calling import (
    ClaimedCall,
    Replied,
    SettledCall,
    claim_call,
    record_failure,
    record_reply,
)
from punchcard.domain.clock import Clock
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.money import precision
from punchcard.domain.plans import Plans
from punchcard.errors import PunchcardError
from punchcard.plan.model import Call, Plan


def identity_of(secret: str, instance_id: str, key: str) -> str:
    """Return what a step's call is named by, in whichever attempt and generation: nobody else's is named so."""
    occasion = instance_id.rpartition(".g")[0]
    return "call_" + hmac.new(secret.encode(), f"{occasion}/{key}".encode(), hashlib.sha256).hexdigest()[:32]


class CallingActivities:
    """Calls other systems for one database; `secret` is the installation's own."""

    def __init__(self, commits: GroupCommit, clock: Clock, plans: Plans, caller: Caller, secret: str) -> None:
        self._commits = commits
        self._clock = clock
        self._plans = plans
        self._caller = caller
        self._secret = secret

    @activity.defn(name=CALL_SYSTEM)
    async def call_system(self, request: EffectRequest) -> CallResult:
        """Make one attempt; raises what Temporal tries again, or what ends in `on_error` or with an operator."""
        identity = identity_of(self._secret, request.instance_id, request.key)

        def claim(connection: Connection) -> tuple[ClaimedCall, Plan, Call] | SettledCall:
            claimed = claim_call(connection, request.instance_id, request.key, identity)
            if isinstance(claimed, SettledCall):
                return claimed
            program = self._plans.program(connection, claimed.version)
            step = program.steps[claimed.path]
            assert isinstance(step, Call), f"{claimed.path} was granted a call"
            return claimed, program.plan, step

        found = await self._commits.run(claim)
        if isinstance(found, SettledCall):
            return self._result(found)
        claimed, plan, step = found
        try:
            replied = await self._attempt(claimed, plan, step)
        except CallInterrupted as fault:
            last = activity.info().attempt > step.retries
            await self._failed(claimed, str(fault), final=last)
            delay = None if fault.after is None else timedelta(seconds=fault.after)
            raise _failure(fault, delay) from None
        except (CallRefused, CallNotPossible) as fault:
            await self._failed(claimed, str(fault), final=True)
            raise _failure(fault) from None
        now = self._clock.now()
        await self._commits.run(lambda connection: record_reply(connection, claimed.id, replied, now))
        settled = SettledCall(None, replied.http_status, replied.duration, replied.size, replied.values)
        return self._result(settled)

    async def _attempt(self, claimed: ClaimedCall, plan: Plan, step: Call) -> Replied:
        reply = await self._caller.call(
            Request(
                name=step.name,
                identity=claimed.identity,
                method=claimed.method,
                url=claimed.url,
                body=claimed.body,
                secret=step.secret,
                timeout=step.timeout,
                wants_reply=bool(step.returns),
            )
        )
        values = read_reply(reply.body, step.returns, plan.currency, precision(plan.currency))
        return Replied(reply.status, reply.duration, reply.size, values)

    async def _failed(self, claimed: ClaimedCall, reason: str, *, final: bool) -> None:
        now = self._clock.now()
        await self._commits.run(
            lambda connection: record_failure(connection, claimed.id, reason, now, final=final)
        )

    def _result(self, settled: SettledCall) -> CallResult:
        return CallResult(
            at=self._clock.now(),
            reason=settled.reason,
            status=settled.http_status,
            duration=settled.duration,
            size=settled.size,
            values=settled.values,
        )


def _failure(fault: PunchcardError, delay: timedelta | None = None) -> ApplicationError:
    """What Temporal is told: others' faults are part of a campaign's life, and no stack trace of ours."""
    return ApplicationError(
        str(fault),
        type=type(fault).__name__,
        non_retryable=not isinstance(fault, CallInterrupted),
        next_retry_delay=delay,
        category=ApplicationErrorCategory.BENIGN,
    )

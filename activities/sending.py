"""The activity that hands a granted message to its channel."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from temporalio import activity

from activities.letters import Letters
from activities.preparing import prepare
from punchcard.channels.channel import Channel
from punchcard.channels.outcome import FinalFailure, OutcomeUnknown, TransientFailure
from punchcard.contracts import SEND_MESSAGE, EffectRequest, SendResult
from punchcard.domain.clock import Clock
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.sending import Claimed, Settled, settle

HEARTBEAT_SECONDS = 3


@contextlib.asynccontextmanager
async def _alive() -> AsyncIterator[None]:
    """Tell Temporal now and then that this attempt is under way, so that it notices soon when the worker dies."""

    async def tell() -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            activity.heartbeat()

    telling = asyncio.create_task(tell())
    try:
        yield
    finally:
        telling.cancel()


class SendingActivities:
    """Sends through one channel what one database has granted."""

    def __init__(self, commits: GroupCommit, clock: Clock, channel: Channel, letters: Letters) -> None:
        self._commits = commits
        self._clock = clock
        self._channel = channel
        self._letters = letters

    @activity.defn(name=SEND_MESSAGE)
    async def send_message(self, request: EffectRequest) -> SendResult:
        """Send once; raises TransientFailure, or FinalFailure for what an operator must mend, after settling.

        What only concerns this customer (an address that is refused) ends as `failed`, and the instance goes on.
        """
        prepared = await self._commits.run(
            lambda connection: prepare(
                connection, self._letters, request.instance_id, request.key, self._clock.now()
            )
        )
        if isinstance(prepared, Settled):
            return self._result(prepared.word, prepared.id, prepared.reason)
        claimed, envelope = prepared
        try:
            async with _alive():
                await self._channel.send(envelope)
        except TransientFailure:
            await self._settle(claimed, "granted", None)
            raise
        except OutcomeUnknown as unknown:
            if claimed.purpose == "transactional":
                raise
            return await self._settled(claimed, "unknown", str(unknown))
        except FinalFailure as failure:
            if failure.fault == "recipient":
                return await self._settled(claimed, "failed", str(failure))
            await self._settle(claimed, "failed", str(failure))
            raise
        return await self._settled(claimed, "sent", None)

    async def _settle(self, claimed: Claimed, status: str, reason: str | None) -> None:
        await self._commits.run(
            lambda connection: settle(connection, claimed.id, status, reason, self._clock.now())
        )

    async def _settled(self, claimed: Claimed, status: str, reason: str | None) -> SendResult:
        await self._settle(claimed, status, reason)
        return self._result(status, claimed.id, reason)

    def _result(self, status: str, message: int, reason: str | None) -> SendResult:
        return SendResult(status=status, at=self._clock.now(), reason=reason, message=message)

"""The running example as one Temporal workflow, as somebody would write it who has only this campaign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy

from benchmarks.yardstick.activities import Desk
from benchmarks.yardstick.payloads import SPEND_AND_SAVE, Coupon, Journey, Mail, Place

DATABASE_TIMEOUT = timedelta(seconds=10)
MAIL_TIMEOUT = timedelta(seconds=60)
MAIL_RETRIES = RetryPolicy(maximum_attempts=10)

REDEEM_WITHIN = timedelta(days=7)
THANK_YOU_PAUSE = timedelta(days=3)
ANSWER_WITHIN = timedelta(days=14)


def never() -> bool:
    """Nothing ends this wait but its limit."""
    return False


@workflow.defn(name=SPEND_AND_SAVE)
class SpendAndSave:
    """20% off; remind them to redeem it; ask how it was."""

    def __init__(self) -> None:
        self._redeemed = False
        self._answered = False
        self._journey = Journey("", 0)

    @workflow.run
    async def run(self, journey: Journey) -> str:
        """Take one customer from the crossing to the answer; return how it ended."""
        self._journey = journey
        coupon: Coupon = await self._record(Desk.give_reward, journey)
        await self._send("you-earned-it")
        if not await self._until("redemption", lambda: self._redeemed, REDEEM_WITHIN / journey.pace):
            await self._remind(coupon)
        if self._redeemed:
            await self._until("pause", never, THANK_YOU_PAUSE / journey.pace)
            await self._record(Desk.ask, journey)
            await self._send("how-was-it")
            await self._until("answer", lambda: self._answered, ANSWER_WITHIN / journey.pace)
        await self._record(Desk.close, Place(journey.id, "completed"))
        return "completed"

    @workflow.signal
    def redeemed(self) -> None:
        """The customer used the coupon."""
        self._redeemed = True

    @workflow.signal
    def answered(self) -> None:
        """The customer answered the question."""
        self._answered = True

    async def _remind(self, coupon: Coupon) -> None:
        if await self._record(Desk.may_remind, self._journey):
            await self._send("redeem-reminder")
        left = timedelta(milliseconds=coupon.expires) - timedelta(seconds=workflow.time())
        await self._until("last chance", lambda: self._redeemed, left)

    async def _until(self, step: str, happened: Callable[[], bool], limit: timedelta) -> bool:
        """Wait for something, at most so long, and say whether it happened."""
        if happened():
            return True
        if self._journey.records_steps:
            deadline = int((workflow.time() + limit.total_seconds()) * 1000)
            await self._record(Desk.move, Place(self._journey.id, step, deadline))
        try:
            await workflow.wait_condition(happened, timeout=limit)
        except TimeoutError:
            return False
        return True

    async def _record(self, activity: Callable[..., Any], argument: Any) -> Any:
        return await workflow.execute_local_activity_method(
            activity, argument, start_to_close_timeout=DATABASE_TIMEOUT
        )

    async def _send(self, message: str) -> None:
        await workflow.execute_activity_method(
            Desk.send_mail,
            Mail(self._journey.id, message),
            start_to_close_timeout=MAIL_TIMEOUT,
            retry_policy=MAIL_RETRIES,
        )

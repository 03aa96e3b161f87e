"""The Journey: the durable shell around the machine, one workflow for each instance.

It decides nothing. It brings the machine its events one at a time, makes each tick stand in the database
before going on, performs what the machine asks for, and keeps one timer for the nearest deadline.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, assert_never

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from punchcard.contracts import (
        CALL_SYSTEM,
        CALLS,
        COMMIT_TICK,
        DELIVER,
        JOURNEY,
        SEND_MESSAGE,
        START_CAMPAIGN,
        CallResult,
        Delivery,
        EffectRequest,
        JourneyStart,
        PinnedPlan,
        SendResult,
        StartResult,
        TickRequest,
        TickResult,
    )
    from punchcard.mailroom import Mailroom
    from punchcard.plan.codec import encode
    from punchcard.plan.effects import Commit, Finish, Perform
    from punchcard.plan.events import Deadline, EffectDone, EffectFailed, Event, Outcome
    from punchcard.plan.machine import advance
    from punchcard.plan.model import Call
    from punchcard.plan.program import pinned
    from punchcard.plan.state import State, to_data

# While the database is away, local retries end here and a timer of the server takes over, so that the
# workflow task is not held.
LOCAL_PATIENCE = timedelta(seconds=10)
LOCAL_RETRIES = RetryPolicy(
    initial_interval=timedelta(milliseconds=50), maximum_interval=timedelta(seconds=2)
)
AWAY = (1, 2, 5, 10, 30, 60)

# About 25 minutes of trying, then the step is an incident.
SEND_PATIENCE = timedelta(seconds=90)
SEND_SIGN_OF_LIFE = timedelta(seconds=10)
SEND_RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(minutes=5),
    maximum_attempts=12,
    non_retryable_error_types=["FinalFailure", "MessageUnknown"],
)

# A campaign that is not there, does not run or takes other inputs is for somebody to mend.
START_PATIENCE = timedelta(seconds=30)
START_RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(minutes=1),
    maximum_attempts=20,
    non_retryable_error_types=[
        "CampaignUnknown",
        "NotStartedByHand",
        "CampaignNotRunning",
        "CustomerUnknown",
        "InputsUnfit",
        "RequestKeyReused",
    ],
)

# A step says how often it is tried again: after 2 seconds, then each time four times as long.
CALL_MARGIN = timedelta(seconds=10)
CALL_INTERVAL, CALL_LONGEST_INTERVAL = timedelta(seconds=2), timedelta(minutes=10)
CALL_FINAL = ("CallRefused", "CallNotPossible", "CallUnknown")
# What an operator has to mend before it can succeed for anybody: no `on_error` of a campaign makes up for it.
OURS = ("CallNotPossible", "FinalFailure")


@workflow.defn(name=JOURNEY)
class Journey:
    """One instance of a campaign."""

    @workflow.init
    def __init__(self, plan: PinnedPlan, start: JourneyStart) -> None:
        """Begin anew, or go on from a state."""
        self._plan = plan
        self._program = pinned(plan.hash, plan.text)
        self._pace = start.pace
        self._mail = Mailroom(start)
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._timer: asyncio.Task[None] | None = None
        self._timer_at: int | None = None
        self._business, self._real = start.at, _real_now()

    @workflow.run
    async def run(self, plan: PinnedPlan, start: JourneyStart) -> str:
        """Run until the instance ends; return how it ended."""
        while True:
            event = self._mail.next()
            if event is not None:
                outcome = await self._take(event)
                if outcome is not None:
                    return self._close(outcome)
            elif workflow.info().is_continue_as_new_suggested() and self._is_quiet():
                self._continue()
            else:
                self._set_timer()
                await workflow.wait_condition(self._has_next)

    @workflow.signal(name=DELIVER)
    def deliver(self, delivery: Delivery) -> None:
        """Take a delivery; one that came before is dropped."""
        self._mail.deliver(delivery)

    @workflow.query
    def state(self) -> dict[str, Any]:
        """Return where the instance stands, as the database has it after its latest tick."""
        return to_data(self._mail.state)

    def _has_next(self) -> bool:
        return self._mail.peek() is not None

    # --- one event ---------------------------------------------------------------------------

    async def _take(self, event: Event) -> Outcome | None:
        """Bring the machine one event, and do what it asks for; return the outcome if that was the end."""
        state, effects = advance(self._program, self._mail.state, event)
        if effects and isinstance(effects[0], Commit):
            arrivals = self._mail.arrivals
            result = await self._commit(event, state, effects[0])
            if not self._stands(event, state, result, arrivals):
                return None
        else:
            self._mail.state = state
        outcome: Outcome | None = None
        for effect in effects:
            match effect:
                case Perform():
                    self._flights[effect.key] = asyncio.create_task(self._perform(effect))
                case Finish():
                    outcome = effect.outcome
                case Commit():
                    pass
        return outcome

    def _stands(self, event: Event, state: State, result: TickResult, arrivals: int) -> bool:
        """Go on from what the database answered; return whether the event's effects are to be carried out."""
        self._business, self._real = result.at, _real_now()
        match result.verdict:
            case "committed":
                self._mail.committed(state, result.at, result.results)
            case "replaced":
                assert result.state is not None
                self._mail.replaced(event, result.state, result.at, result.results)
            case "held":
                self._mail.held(event, arrivals)
            case "behind":
                self._mail.behind(event, result.seq)
            case "early":
                self._timer_at = None
        return result.verdict == "committed"

    async def _commit(self, event: Event, state: State, commit: Commit) -> TickResult:
        """Make the tick stand; while the database is away, wait on a timer of the server."""
        request = TickRequest(
            instance_id=workflow.info().workflow_id,
            number=commit.tick,
            event=_consumed(event),
            facts=[encode(fact) for fact in commit.facts],
            notes=[encode(note) for note in commit.notes],
            state=to_data(state),
        )
        attempt = 0
        while True:
            try:
                result: TickResult = await workflow.execute_local_activity(
                    COMMIT_TICK,
                    request,
                    result_type=TickResult,
                    schedule_to_close_timeout=LOCAL_PATIENCE,
                    retry_policy=LOCAL_RETRIES,
                )
            except ActivityError as error:
                workflow.logger.warning("the tick cannot be committed: %s", error.cause)
            else:
                if result.seq >= 0:
                    return result
            await workflow.sleep(AWAY[min(attempt, len(AWAY) - 1)])
            attempt += 1

    async def _perform(self, effect: Perform) -> None:
        """Do it, with retries; what cannot be done becomes an incident."""
        key = effect.key
        try:
            at, answer = await self._effort(effect)
        except ActivityError as error:
            reason, ours = str(error.cause), False
            if isinstance(error.cause, ApplicationError):
                reason, ours = error.cause.message, error.cause.type in OURS
            self._mail.events.append(EffectFailed(at=self._now(), key=key, error=reason, ours=ours))
        else:
            self._mail.events.append(EffectDone(at=max(at, self._business), key=key, result=answer))
        del self._flights[key]

    def _effort(self, effect: Perform) -> Coroutine[Any, Any, tuple[int, dict[str, Any]]]:
        match effect.kind:
            case "send":
                return self._send(effect.key)
            case "start":
                return self._start(effect.key)
            case "call":
                return self._call(effect.key)
            case unknown:
                assert_never(unknown)

    async def _start(self, key: str) -> tuple[int, dict[str, Any]]:
        result: StartResult = await workflow.execute_activity(
            START_CAMPAIGN,
            EffectRequest(instance_id=workflow.info().workflow_id, key=key),
            result_type=StartResult,
            start_to_close_timeout=START_PATIENCE,
            retry_policy=START_RETRIES,
        )
        return result.at, {
            "status": result.status,
            "campaign": result.campaign,
            "instance": result.instance,
        }

    async def _call(self, key: str) -> tuple[int, dict[str, Any]]:
        step = self._program.steps[key.rpartition("#")[0]]
        assert isinstance(step, Call), f"{key} calls nobody"
        result: CallResult = await workflow.execute_activity(
            CALL_SYSTEM,
            EffectRequest(instance_id=workflow.info().workflow_id, key=key),
            task_queue=f"{workflow.info().task_queue}{CALLS}",
            result_type=CallResult,
            start_to_close_timeout=timedelta(seconds=step.timeout) + CALL_MARGIN,
            retry_policy=RetryPolicy(
                initial_interval=CALL_INTERVAL,
                backoff_coefficient=4,
                maximum_interval=CALL_LONGEST_INTERVAL,
                maximum_attempts=step.retries + 1,
                non_retryable_error_types=CALL_FINAL,
            ),
        )
        return result.at, {
            "reason": result.reason,
            "status": result.status,
            "duration": result.duration,
            "size": result.size,
            "values": result.values,
        }

    async def _send(self, key: str) -> tuple[int, dict[str, Any]]:
        result: SendResult = await workflow.execute_activity(
            SEND_MESSAGE,
            EffectRequest(instance_id=workflow.info().workflow_id, key=key),
            result_type=SendResult,
            start_to_close_timeout=SEND_PATIENCE,
            heartbeat_timeout=SEND_SIGN_OF_LIFE,
            retry_policy=SEND_RETRIES,
        )
        return result.at, {"status": result.status, "reason": result.reason, "message": result.message}

    # --- time, and the end of a run ----------------------------------------------------------------

    def _now(self) -> int:
        """Business time: as the database last told it, and what has passed since."""
        return self._business + (_real_now() - self._real) * self._pace

    def _set_timer(self) -> None:
        """Keep one timer, for the nearest deadline."""
        due = self._mail.state.next_deadline
        if due == self._timer_at:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._timer_at = due
        if due is not None:
            self._timer = asyncio.create_task(self._wake(due))

    async def _wake(self, due: int) -> None:
        await workflow.sleep(max((due - self._now()) / self._pace, 5) / 1000)
        self._timer = None
        self._mail.events.append(Deadline(at=due))

    def _is_quiet(self) -> bool:
        return not (self._flights or self._mail.state.in_flight or self._mail.events or self._mail.answer)

    def _continue(self) -> None:
        workflow.continue_as_new(
            args=[
                self._plan,
                JourneyStart(
                    at=self._now(),
                    state=to_data(self._mail.state),
                    inbox=self._mail.inbox,
                    pace=self._pace,
                ),
            ]
        )

    def _close(self, outcome: Outcome) -> str:
        for flight in self._flights.values():
            flight.cancel()
        if self._timer is not None:
            self._timer.cancel()
        return outcome


def _consumed(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = encode(event)
    return data


def _real_now() -> int:
    return int(workflow.now().timestamp() * 1000)

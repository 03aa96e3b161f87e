"""The Journey: the durable shell around the machine, one workflow for each instance.

It decides nothing. It brings the machine its events one at a time, makes each tick stand in the database
before going on, performs what the machine asks for, and keeps one timer for the nearest deadline.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from punchcard.contracts import (
        COMMIT_TICK,
        DELIVER,
        JOURNEY,
        SEND_MESSAGE,
        START_CAMPAIGN,
        Delivery,
        EffectRequest,
        JourneyStart,
        PinnedPlan,
        SendRequest,
        SendResult,
        StartResult,
        TickRequest,
        TickResult,
    )
    from punchcard.plan.codec import encode
    from punchcard.plan.events import (
        Command,
        Commit,
        Committed,
        Deadline,
        Delivered,
        EffectDone,
        EffectFailed,
        Event,
        Finish,
        Outcome,
        Perform,
        Restored,
        Reversed,
        Started,
    )
    from punchcard.plan.machine import advance
    from punchcard.plan.program import pinned
    from punchcard.plan.state import State, from_data, to_data

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


@workflow.defn(name=JOURNEY)
class Journey:
    """One instance of a campaign."""

    @workflow.init
    def __init__(self, plan: PinnedPlan, start: JourneyStart) -> None:
        """Begin anew, or go on from a state."""
        self._plan = plan
        self._program = pinned(plan.hash, plan.text)
        self._pace = start.pace
        self._inbox: dict[int, Delivery] = {delivery.seq: delivery for delivery in start.inbox}
        self._arrivals = 0
        self._events: deque[Event] = deque()
        self._answer: Committed | None = None
        self._after_seq = 0
        self._held_since: int | None = None
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._timer: asyncio.Task[None] | None = None
        self._timer_at: int | None = None
        self._business, self._real = start.at, _real_now()
        self._state = self._begin(start)

    @workflow.run
    async def run(self, plan: PinnedPlan, start: JourneyStart) -> str:
        """Run until the instance ends; return how it ended."""
        while True:
            event = self._next()
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
        if delivery.seq > self._state.seen:
            self._inbox[delivery.seq] = delivery
            self._arrivals += 1

    @workflow.query
    def state(self) -> dict[str, Any]:
        """Return where the instance stands, as the database has it after its latest tick."""
        return to_data(self._state)

    # --- events in ---------------------------------------------------------------------------

    def _begin(self, start: JourneyStart) -> State:
        if start.state is None:
            self._events.append(Started(at=start.at, names=start.names, due=start.due))
            return State()
        if start.revived:
            self._events.append(Restored(at=start.at, results=start.results))
        return from_data(start.state)

    def _has_next(self) -> bool:
        return self._peek() is not None

    def _next(self) -> Event | None:
        event = self._peek()
        if event is not None:
            self._held_since = None
        if event is self._answer:
            self._answer = None
        elif self._events and event is self._events[0]:
            self._events.popleft()
        return event

    def _peek(self) -> Event | None:
        """The event whose turn it is: the commit's answer, then deliveries in order, then the rest."""
        over = self._state.outcome is not None
        if self._held_since is not None and not over:
            ending = self._ending()
            if ending is not None or self._held_since == self._arrivals:
                return ending
        blocked = self._after_seq > self._state.seen and not over
        if self._answer is not None and not blocked:
            return self._answer
        delivery = self._inbox.get(self._state.seen + 1)
        if delivery is not None and not self._is_starting():
            return self._read(delivery)
        return self._events[0] if self._events and not blocked else None

    def _ending(self) -> Event | None:
        """While a pause lasts, what ends the instance goes first, and nothing else until something arrives."""
        for seq, delivery in sorted(self._inbox.items()):
            if seq > self._state.seen and (
                delivery.kind == "reverse" or delivery.payload.get("name") == "cancel"
            ):
                return self._read(delivery)
        return None

    def _is_starting(self) -> bool:
        return bool(self._events) and isinstance(self._events[0], Started | Restored)

    def _read(self, delivery: Delivery) -> Event:
        """A delivery as an event; it stays in the inbox until a tick that has seen it stands."""
        payload = delivery.payload
        match delivery.kind:
            case "reverse":
                return Reversed(at=delivery.at, seq=delivery.seq)
            case "command":
                return Command(
                    at=delivery.at,
                    seq=delivery.seq,
                    name=payload["name"],
                    actor=payload["actor"],
                    path=payload.get("path"),
                    paused=payload.get("paused", 0),
                    reason=payload.get("reason"),
                )
            case _:
                return Delivered(
                    at=payload.get("at", delivery.at),
                    seq=delivery.seq,
                    name=payload["name"],
                    data=payload.get("data", {}),
                )

    # --- one event ---------------------------------------------------------------------------

    async def _take(self, event: Event) -> Outcome | None:
        """Bring the machine one event, and do what it asks for; return the outcome if that was the end."""
        state, effects = advance(self._program, self._state, event)
        if effects and isinstance(effects[0], Commit):
            arrivals = self._arrivals
            result = await self._commit(event, state, effects[0])
            if not self._stands(event, state, result, arrivals):
                return None
        else:
            self._state = state
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
                self._state = state
                self._inbox = {seq: kept for seq, kept in self._inbox.items() if seq > state.seen}
                self._take_answer(result)
            case "replaced":
                assert result.state is not None
                self._put_back(event)
                self._state = from_data(result.state)
                self._take_answer(result)
            case "held":
                self._put_back(event)
                self._held_since = arrivals
            case "behind":
                self._put_back(event)
                self._after_seq = result.seq
            case "early":
                self._timer_at = None
        return result.verdict == "committed"

    def _take_answer(self, result: TickResult) -> None:
        """Keep the answer for the machine, together with an earlier one that it has yet to take in."""
        earlier = {} if self._answer is None else self._answer.results
        self._answer = Committed(at=result.at, tick=self._state.tick, results={**earlier, **result.results})

    def _put_back(self, event: Event) -> None:
        match event:
            case Committed():
                self._answer = event
            case Delivered() | Reversed() | Command():
                pass  # still in the inbox
            case _:
                self._events.appendleft(event)

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
        match effect.kind:
            case "send":
                await self._carried_out(effect.key, self._send(effect.key))
            case "start":
                await self._carried_out(effect.key, self._start(effect.key))
        del self._flights[effect.key]

    async def _carried_out(self, key: str, effort: Awaitable[tuple[int, dict[str, Any]]]) -> None:
        try:
            at, answer = await effort
        except ActivityError as error:
            reason = error.cause.message if isinstance(error.cause, ApplicationError) else str(error.cause)
            self._events.append(EffectFailed(at=self._now(), key=key, error=reason))
        else:
            self._events.append(EffectDone(at=max(at, self._business), key=key, result=answer))

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

    async def _send(self, key: str) -> tuple[int, dict[str, Any]]:
        result: SendResult = await workflow.execute_activity(
            SEND_MESSAGE,
            SendRequest(instance_id=workflow.info().workflow_id, key=key),
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
        due = self._state.next_deadline
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
        self._events.append(Deadline(at=due))

    def _is_quiet(self) -> bool:
        return not (self._flights or self._state.in_flight or self._events or self._answer)

    def _continue(self) -> None:
        workflow.continue_as_new(
            args=[
                self._plan,
                JourneyStart(
                    at=self._now(),
                    state=to_data(self._state),
                    inbox=[delivery for _, delivery in sorted(self._inbox.items())],
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
